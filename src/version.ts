declare const __TIDEMARK_VERSION__: string;

/** The version of tidemark that runs, as in package.json. The build puts it in. */
export const version: string = __TIDEMARK_VERSION__;

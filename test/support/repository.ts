import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A file of the repository, by its parts below the root. */
export const inRepository = (...parts: string[]): string => join(repository, ...parts);

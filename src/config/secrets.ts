/** `user:password@`; greedy to the last `@`, because an unencoded password may itself hold `@` or `/`. */
const URL_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):\S*@/gi;
const NAMED_SECRET = /((?:password|passwd|pwd|token|secret|access_key|api_key|apikey)[a-z_]*\s*=\s*)[^\s&;,'"`]+/gi;
const REFERENCE = /\$?\$\{([^}]*)(\}?)/g;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The text with passwords in URLs (`user:password@`) and in `password=...` pairs replaced by `***`. */
export function maskSecrets(text: string): string {
  return text.replace(URL_PASSWORD, '$1:***@').replace(NAMED_SECRET, '$1***');
}

/** One `${...}` in a text. `name` is undefined where it is not a well-formed reference. */
export interface EnvironmentReference {
  readonly name: string | undefined;
  /** Where it begins in the text, counted from 0. */
  readonly offset: number;
}

/** The `${NAME}` references of a text, in order. `$${NAME}` is a literal `${NAME}`, not a reference. */
export function environmentReferences(text: string): EnvironmentReference[] {
  return [...text.matchAll(REFERENCE)]
    .filter((match) => !match[0].startsWith('$$'))
    .map((match) => ({ name: wellFormedName(match[1], match[2]), offset: match.index }));
}

/** The text with each well-formed `${NAME}` replaced by its variable; a variable that is not set stays as it is. */
export function resolveEnvironment(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  return text.replace(REFERENCE, (whole: string, body: string, end: string) => {
    if (whole.startsWith('$$')) return whole.slice(1);
    const name = wellFormedName(body, end);
    return (name === undefined ? undefined : environment[name]) ?? whole;
  });
}

function wellFormedName(body: string | undefined, end: string | undefined): string | undefined {
  return body !== undefined && end === '}' && VARIABLE_NAME.test(body) ? body : undefined;
}

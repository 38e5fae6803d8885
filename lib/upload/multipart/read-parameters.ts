/** A header's value such as `form-data; name="avatar"`. */
export interface Parameters {
  /** In lower case. */
  readonly value: string;
  /** By name, in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const valuePattern = /[^\s;"=,]+/y;
const namePattern = /[!#$%&'*+.^_`|~\w-]+/y;
const tokenPattern = /[^\s;"]+/y;
// A backslash escapes only a quote or a backslash: old browsers send `C:\photos\me.png`.
const quotedPattern = /"((?:[^"\\]|\\.)*)"/sy;

/** Parses a value with parameters. Undefined if it is malformed, or repeats a parameter, which two programs would read differently. */
export function readParameters(header: string): Parameters | undefined {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(header);
    if (found === null) return undefined;
    at = pattern.lastIndex;
    return found;
  };
  const skipSpace = (): void => {
    while (header[at] === ' ' || header[at] === '\t') at++;
  };

  skipSpace();
  const value = take(valuePattern)?.[0];
  if (value === undefined) return undefined;
  const parameters = new Map<string, string>();
  for (;;) {
    skipSpace();
    if (at === header.length) return { value: value.toLowerCase(), parameters };
    if (header[at++] !== ';') return undefined;
    skipSpace();
    if (at === header.length) continue;
    const name = take(namePattern)?.[0].toLowerCase();
    skipSpace();
    if (name === undefined || header[at++] !== '=' || parameters.has(name)) return undefined;
    skipSpace();
    const quoted = header[at] === '"' ? take(quotedPattern)?.[1]?.replace(/\\(["\\])/g, '$1') : undefined;
    const given = quoted ?? take(tokenPattern)?.[0];
    if (given === undefined) return undefined;
    parameters.set(name, given);
  }
}

import type { ReadAnswer } from './answer.ts';

/** One Set-Cookie line (RFC 6265, 5.2). */
export interface SetCookieLine {
  readonly name: string;
  readonly value: string;
  /** Attributes by their names in lower case; the value is empty for those that have none. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The line removes the cookie. */
  readonly removes: boolean;
}

export function cookiesIn(answer: ReadAnswer): readonly SetCookieLine[] {
  return (answer.headers.get('set-cookie') ?? []).flatMap((line) => {
    const [pair = '', ...rest] = line.split(';');
    const [name, value] = split(pair);
    if (name === '') return [];
    const attributes = new Map(rest.map(split).map(([key, text]) => [key.toLowerCase(), text]));
    return [{ name, value, attributes, removes: removes(attributes) }];
  });
}

function split(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return equals === -1 ? [pair.trim(), ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
}

/** Max-Age takes precedence over Expires. */
function removes(attributes: ReadonlyMap<string, string>): boolean {
  const age = attributes.get('max-age');
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0;
  return Date.parse(attributes.get('expires') ?? '') <= Date.now();
}

/** What a browser keeps: values by name. Paths and domains are left out, because a test is about one application. */
export type Jar = ReadonlyMap<string, string>;

export function withAnswer(jar: Jar, answer: ReadAnswer): Jar {
  const kept = new Map(jar);
  for (const { name, value, removes: gone } of cookiesIn(answer)) {
    if (gone) kept.delete(name);
    else kept.set(name, value);
  }
  return kept;
}

/** The `Cookie` header; empty where there are none. */
export function cookieHeader(jar: Jar): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

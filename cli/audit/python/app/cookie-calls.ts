import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';

/** A place that sets a signed cookie of Tornado. */
export interface CookieCall {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** The flags that it lacks, or `unknown` if its arguments are computed. */
  readonly missing: readonly string[] | 'unknown';
}

const mostFiles = 2000;
const mostCalls = 100;

/** By the text of the call, up to the bracket that closes it. */
export function cookieCalls({ paths, read }: Subject): readonly CookieCall[] {
  const calls: CookieCall[] = [];
  for (const path of paths
    .filter((one) => one.endsWith('.py') && isProductionPath(one))
    .slice(0, mostFiles)) {
    const text = read(path) ?? '';
    // A handler may be of a class of the project's own; `response.set_signed_cookie` is Django's.
    const calledOn = /\btornado\b/.test(text) ? '' : 'self';
    for (const { index } of text.matchAll(/\.set_(?:signed|secure)_cookie\s*\(/g)) {
      if (calls.length >= mostCalls || isComment(text, index)) continue;
      if (!text.slice(0, index).endsWith(calledOn) && !text.startsWith('.set_secure', index)) continue;
      const given = argumentsAt(text, text.indexOf('(', index));
      const line = text.slice(0, index).split('\n').length;
      const shown = (text.split('\n')[line - 1] ?? '').trim().slice(0, 160);
      calls.push({ path, line, text: shown, missing: missingIn(given) });
    }
  }
  return calls;
}

function isComment(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at) + 1, at).includes('#');
}

const longest = 2000;

function argumentsAt(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < Math.min(text.length, open + longest); at++) {
    if ('([{'.includes(text[at] ?? ' ')) depth++;
    else if (')]}'.includes(text[at] ?? ' ') && --depth === 0) return text.slice(open + 1, at);
  }
  return '**';
}

const flags: readonly (readonly [name: string, option: string, good: RegExp])[] = [
  ['Secure', 'secure', /^True$/],
  ['HttpOnly', 'httponly', /^True$/],
  ['SameSite', 'samesite', /^(['"])(lax|strict)\1$/i],
];

function missingIn(given: string): CookieCall['missing'] {
  const missing: string[] = [];
  let isUnknown = given.includes('**');
  for (const [name, option, good] of flags) {
    const value = new RegExp(`\\b${option}\\s*=\\s*([^,\\n)]+)`, 'i').exec(given)?.[1]?.trim();
    if (value === undefined) missing.push(name);
    else if (/^(True|False|None|(['"])\w*\2)$/.test(value)) {
      if (!good.test(value)) missing.push(name);
    } else isUnknown = true;
  }
  if (isUnknown) return 'unknown';
  return missing;
}

import { Misuse } from '../refusal/misuse.ts';
import { type AnyRequest, targetOf } from '../request/any-request.ts';

/** The path of a request, without its query. */
export function pathOf(request: AnyRequest): string {
  return /^[^?#]*/.exec(targetOf(request))?.[0] ?? '/';
}

/** What another router or a proxy may read as a different path: `..`, encoded separators, backslashes, empty segments. */
const ambiguous = /%(?:2e|2f|5c|25|00)|[\\\0]|\/\/|\/\.{1,2}(?:[/;]|$)/i;

/**
 * Whether a path is in a list that lifts a check. Exact, so that in doubt the check stays: case matters, and no path that can be read in
 * two ways is in any list.
 *
 * @param patterns as `readPatterns` returned them
 */
export function isListed(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('/*')
      ? path.startsWith(pattern.slice(0, -1)) && !ambiguous.test(path)
      : path === pattern,
  );
}

/** @throws Misuse `bulwark/invalid-option` */
export function readPatterns(option: string, value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? [...value] : [];
  const good = (path: unknown): path is string =>
    typeof path === 'string' && /^\/(?:[^*?#\s]*|[^*?#\s]*\/\*|\*)$/.test(path) && !ambiguous.test(path);
  if (Array.isArray(value) && list.length <= mostPaths && list.every(good))
    return Object.freeze(list as string[]);
  throw new Misuse(
    'bulwark/invalid-option',
    `${option} takes at most ${mostPaths} paths such as '/webhooks/payment' or '/webhooks/*', without query.`,
  );
}

const mostPaths = 1_000;

/**
 * Paths for a list that adds a check, in the spelling of `loosePath`.
 *
 * @throws Misuse `bulwark/invalid-option`, for `*` too: a wildcard would ask programs without cookies for tokens
 */
export function readLoosePaths(option: string, value: unknown): ReadonlySet<string> {
  const list = readPatterns(option, value);
  if (list.some((path) => path.endsWith('*'))) {
    throw new Misuse('bulwark/invalid-option', `${option} takes exact paths, such as '/log-in'.`);
  }
  return new Set(list.map(loosePath));
}

/**
 * One spelling of a path, for a list that adds a check. Everything that some router treats alike is alike: case, a slash at the end,
 * doubled slashes, percent-encoding. In doubt the check applies.
 */
export function loosePath(path: string): string {
  let text = path;
  // Twice, for a proxy that decodes before the application does.
  for (let round = 0; round < 2; round++) text = decode(text);
  const kept: string[] = [];
  for (const segment of text.toLowerCase().replaceAll('\\', '/').split('/')) {
    const name = segment.replace(/;.*$/s, '');
    if (name === '..') kept.pop();
    else if (name !== '' && name !== '.') kept.push(name);
  }
  return `/${kept.join('/')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

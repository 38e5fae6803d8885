import { type Kinds, kinds, noKinds } from './kinds.ts';

/**
 * A literal host, or an unknown part that ends with a slash. If an attacker controls that part, it is reported itself. A path
 * follows.
 */
const fixedHost = /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#@\\]+|\0[^/?#]*)[/?#]/i;
const localPath = /^\/(?![/\\])./;
/** A relative address, in the page's folder or inside the page. */
const nearPath = /^(?:[?#]|[\w.-]+[/?#])/;

/** The kinds for an address whose host is fixed, whatever follows. */
export const toAddresses: Kinds = kinds('ssrf', 'redirect', 'link');

/** The kinds for which a value is harmless behind this prefix of a string. */
export function harmlessBehind(before: string): Kinds {
  if (fixedHost.test(before) || localPath.test(before)) return toAddresses;
  if (nearPath.test(before)) return kinds('redirect', 'link');
  // A spreadsheet cell that begins with an apostrophe is no formula.
  if (before === "'" || before === '"\'') return kinds('csv', 'link');
  return ownScheme.test(before) ? kinds('link') : noKinds;
}

/** A prefix that rules out `javascript:`. */
const ownScheme = /^(?!\s*(?:javascript|data|vbscript):)[^\0\s]/i;

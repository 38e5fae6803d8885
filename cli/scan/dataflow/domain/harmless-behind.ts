import { type Kinds, kinds, noKinds } from './kinds.ts';

/**
 * A prefix whose host is complete: a literal host, or an unknown part (NUL), and then `/`, `?` or `#`. If an attacker controls the
 * unknown part, that part is reported itself.
 */
const fixedHost = /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#@\\]+|\0[^/?#]*)[/?#]/i;
/** A path that starts with exactly one slash: it stays on the same site. */
const localPath = /^\/(?![/\\])./;
/** A relative address, with its first segment, `?` or `#` known: it stays on the same site. */
const nearPath = /^(?:[?#]|[\w.-]+[/?#])/;

/** The kinds of sinks in which an address is harmless once its host is fixed, whatever follows the host. */
export const toAddresses: Kinds = kinds('ssrf', 'redirect', 'link');

/**
 * The kinds of sinks in which any text is harmless if it follows `before`. For example, an address that begins with
 * `https://example.com/` has a fixed host. `before` is a string template with a NUL for each unknown part.
 */
export function harmlessBehind(before: string): Kinds {
  if (fixedHost.test(before) || localPath.test(before)) return toAddresses;
  if (nearPath.test(before)) return kinds('redirect', 'link');
  // A spreadsheet cell that begins with an apostrophe is no formula.
  if (before === "'" || before === '"\'') return kinds('csv', 'link');
  return ownScheme.test(before) ? kinds('link') : noKinds;
}

/** A prefix with a known first character that does not start with `javascript:`, `data:` or `vbscript:`. */
const ownScheme = /^(?!\s*(?:javascript|data|vbscript):)[^\0\s]/i;

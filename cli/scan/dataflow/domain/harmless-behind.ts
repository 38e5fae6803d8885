import { type Kinds, kinds, noKinds } from './kinds.ts';

/**
 * A host that is written out, or that is not known here and ends with a slash: if others choose that part,
 * it is reported itself. What follows is a path.
 */
const fixedHost = /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#@\\]+|\0[^/?#]*)[/?#]/i;
const localPath = /^\/(?![/\\])./;
/** An address within the folder of the page, or within the page. */
const nearPath = /^(?:[?#]|[\w.-]+[/?#])/;

/** An address of one host, whatever stands behind it. */
export const toAddresses: Kinds = kinds('ssrf', 'redirect', 'link');

/** For what a value is harmless that stands behind this text. */
export function harmlessBehind(before: string): Kinds {
  if (fixedHost.test(before) || localPath.test(before)) return toAddresses;
  if (nearPath.test(before)) return kinds('redirect', 'link');
  // A cell that begins with an apostrophe is no formula.
  if (before === "'" || before === '"\'') return kinds('csv', 'link');
  return ownScheme.test(before) ? kinds('link') : noKinds;
}

/** A beginning that leaves no room for `javascript:`. */
const ownScheme = /^(?!\s*(?:javascript|data|vbscript):)[^\0\s]/i;

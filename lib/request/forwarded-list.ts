/** Room for an address with zone and port, a host name, and the names of `Forwarded`. */
const longestEntry = 1_024;

/**
 * The entry of a comma-separated header, counted from the right, starting at 0: the nearest proxy wrote the last one. The list is never split
 * as a whole, so that a long one costs nothing. Quotes are not read: a client's open quote would swallow what a proxy appends,
 * and no address, scheme or host contains a comma.
 *
 * @returns undefined if the list is shorter; an empty string for an entry that is too long
 */
export function entryFromRight(list: string, index: number): string | undefined {
  let end = list.length;
  for (let i = 0; ; i++) {
    const comma = end === 0 ? -1 : list.lastIndexOf(',', end - 1);
    if (i === index) return end - comma > longestEntry ? '' : list.slice(comma + 1, end).trim();
    if (comma < 0) return undefined;
    end = comma;
  }
}

/** The same, or the leftmost entry of a shorter list. */
export function entryUpTo(list: string, index: number): string {
  for (let i = index; i > 0; i--) {
    const entry = entryFromRight(list, i);
    if (entry !== undefined) return entry;
  }
  return entryFromRight(list, 0) ?? '';
}

/** A parameter of one element of `Forwarded` (RFC 7239, 4); undefined if it is missing, repeated or malformed. */
export function forwardedParameter(element: string, name: string): string | undefined {
  let found: string | undefined;
  for (const pair of element.split(';')) {
    const equals = pair.indexOf('=');
    if (equals === -1 || pair.slice(0, equals).trim().toLowerCase() !== name) continue;
    if (found !== undefined) return undefined;
    found = pair.slice(equals + 1).trim();
  }
  if (found?.startsWith('"')) return /^"([^"\\]*)"$/.exec(found)?.[1];
  return found !== undefined && /^[\w!#$%&'*+.^`|~-]+$/.test(found) ? found : undefined;
}

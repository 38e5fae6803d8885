import { DomMisuse } from './dom-error.ts';

/**
 * Parses the list of allowed script URLs.
 *
 * @throws DomMisuse `dom/invalid-option` if an entry doesn't start with `https://`, `http://` or `/`, or has a wildcard host
 */
export function parseScriptUrls(list: readonly string[], base: string): readonly URL[] {
  return list.map((text) => {
    if (!/^(?:https?:\/\/[^/\\*@?#\s]+\/|\/(?![/\\]))/i.test(text) || !URL.canParse(text, base))
      throw new DomMisuse('dom/invalid-option', 'A script URL starts with "https://host/" or with "/".');
    return new URL(text, base);
  });
}

/**
 * Returns the absolute URL if it is on the list, or below an entry that ends in a slash; otherwise undefined. It is absolute so
 * that a `<base>` in the page can't change it.
 */
export function allowedScriptUrl(text: string, list: readonly URL[], base: string): string | undefined {
  if (!URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  const found = list.some((one) => {
    if (!one.pathname.endsWith('/')) return one.href === url.href;
    // The server might decode an encoded slash.
    return (
      one.origin === url.origin && url.pathname.startsWith(one.pathname) && !/%2f|%5c/i.test(url.pathname)
    );
  });
  return found && url.username === '' && url.password === '' ? url.href : undefined;
}

import { DomMisuse } from './dom-error.ts';

/**
 * The list as URLs.
 *
 * @throws DomMisuse `dom/invalid-option` for what is neither `https://...`, `http://...` nor `/...`, or has a star for its host
 */
export function parseScriptUrls(list: readonly string[], base: string): readonly URL[] {
  return list.map((text) => {
    if (!/^(?:https?:\/\/[^/\\*@?#\s]+\/|\/(?![/\\]))/i.test(text) || !URL.canParse(text, base))
      throw new DomMisuse('dom/invalid-option', 'A script URL starts with "https://host/" or with "/".');
    return new URL(text, base);
  });
}

/**
 * The whole URL, where it is one of the list, or below one that ends in a slash; otherwise undefined. It is absolute, so
 * that a `<base>` in the page does not make another one of it.
 */
export function allowedScriptUrl(text: string, list: readonly URL[], base: string): string | undefined {
  if (!URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  const found = list.some((one) => {
    if (!one.pathname.endsWith('/')) return one.href === url.href;
    // An encoded slash could be one to the server.
    return (
      one.origin === url.origin && url.pathname.startsWith(one.pathname) && !/%2f|%5c/i.test(url.pathname)
    );
  });
  return found && url.username === '' && url.password === '' ? url.href : undefined;
}

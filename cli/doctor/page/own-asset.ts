import { resolved } from './loads.ts';
import { pageParts } from './page-parts.ts';

/** A script, style sheet or image of the page on its own origin; undefined without one. */
export function ownAsset(html: string, page: URL): URL | undefined {
  for (const { tag, attributes } of pageParts(html)) {
    const isSheet =
      tag === 'link' && /(?:^|\s)(?:stylesheet|icon)(?:\s|$)/i.test(attributes.get('rel') ?? '');
    const from =
      tag === 'script' || tag === 'img'
        ? attributes.get('src')
        : isSheet
          ? attributes.get('href')
          : undefined;
    const url = from === undefined ? undefined : resolved(from, page);
    if (url?.origin === page.origin) return url;
  }
  return undefined;
}

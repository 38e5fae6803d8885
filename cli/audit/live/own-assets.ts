import { pageParts } from '../../doctor/page/page-parts.ts';
import { type Answer, headerValues } from '../../target/http/reply.ts';

export interface OwnAssets {
  /** Scripts. */
  readonly scripts: readonly URL[];
  /** The folders of scripts, styles and images: `/static/js/` */
  readonly folders: readonly string[];
}

/** What pages load from their own origin. */
export function ownAssets(pages: readonly Answer[]): OwnAssets {
  const scripts = new Map<string, URL>();
  const folders = new Set<string>();
  for (const page of pages) {
    if (!/html/i.test(headerValues(page, 'content-type')[0] ?? 'html')) continue;
    for (const { tag, attributes } of pageParts(page.body)) {
      const link = tag === 'link' ? attributes.get('href') : attributes.get('src');
      const url = ownUrl(link, page.url);
      if (url === undefined || !/^(?:script|link|img)$/.test(tag)) continue;
      if (tag === 'script') scripts.set(url.href, url);
      const folder = url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1);
      if (folder !== '/') folders.add(folder);
    }
  }
  return { scripts: [...scripts.values()], folders: [...folders] };
}

function ownUrl(link: string | undefined, page: string): URL | undefined {
  if (link === undefined || !URL.canParse(link, page)) return undefined;
  const url = new URL(link, page);
  url.hash = '';
  return url.origin === new URL(page).origin ? url : undefined;
}

/** Where a script says its source map is, else its own name with `.map`. Undefined if that is no file of the same origin. */
export function mapUrl(script: Answer): URL | undefined {
  const header = headerValues(script, 'sourcemap')[0] ?? headerValues(script, 'x-sourcemap')[0];
  const comment = [...script.body.matchAll(/^\s*\/\/[#@] sourceMappingURL=(\S+)\s*$/gm)].at(-1)?.[1];
  const name = header ?? comment;
  const base = new URL(script.url);
  if (name === undefined) {
    base.pathname += '.map';
    base.search = '';
    return base;
  }
  return ownUrl(name, script.url);
}

import { describe, expect, it } from 'vitest';
import { supportedTags } from '../html/sanitizer/content-model.ts';
import { preset } from '../html/sanitizer/preset.ts';
import {
  allowedUrl,
  isBitmap,
  linkSchemes,
  stripUrl,
  unsafeUrl as unsafeOnServer,
} from '../html/values/safe-url.ts';
import { legitimateLinks, xss } from '../testing/corpus/xss.ts';
import { sanitizerXss } from '../testing/corpus/xss-sanitizer.ts';
import { articleElements, attributesOf } from './article.ts';
import { imageUrl, linkUrl, unsafeUrl } from './safe-url.ts';

const quoted = [...xss, ...sanitizerXss].flatMap(({ payload }) => [
  payload,
  ...[...payload.matchAll(/(?:href|src|action)\s*=\s*["']?([^"'>]*)/gi)].map(([, url]) => url as string),
]);
const urls = [
  ...quoted,
  ...legitimateLinks,
  ...'java\tscript:1|\x01javascript:1| https://a/ |JAVASCRIPT:1|data:image/png;base64,AAAA|data:image/svg+xml;base64,AAAA'.split(
    '|',
  ),
  ...'blob:x|vbscript:x|file:///x|a/b:c|?a:b|#a:b|:x|http:|tel:1|mailto:a@b|//x|\\\\x|java\0script:1|x-y.z+1:2'.split(
    '|',
  ),
];

describe('URLs in the browser', () => {
  it('are decided on as on a server', () => {
    expect(urls.length).toBeGreaterThan(300);
    const images = new Set(['http', 'https']);
    for (const url of urls) {
      expect({ url, link: linkUrl(url) }).toEqual({ url, link: allowedUrl(url, linkSchemes) });
      const image = isBitmap(url) ? stripUrl(url) : allowedUrl(url, images);
      expect({ url, image: imageUrl(url) }).toEqual({ url, image });
    }
    expect(unsafeUrl).toBe(unsafeOnServer);
  });

  it('are left as they are where they are legitimate', () => {
    for (const link of legitimateLinks) expect(linkUrl(link)).toBe(link);
  });
});

describe('what is kept of markup', () => {
  it('is the article preset', () => {
    const { tags, attributes } = preset('article');
    expect([...articleElements].sort()).toEqual([...tags].sort());
    for (const tag of supportedTags) {
      if (!articleElements.includes(tag)) continue;
      const kept = [...(attributes['*'] ?? []), ...(attributes[tag] ?? [])];
      expect({ tag, names: [...attributesOf(tag)].sort() }).toEqual({ tag, names: kept.sort() });
    }
  });
});

import type { Part } from './page-parts.ts';

/** A URL that an element loads or submits to, and the directive that governs it. */
export interface Load {
  readonly directive: string;
  readonly url: string;
}

const plain: Readonly<Record<string, readonly (readonly [attribute: string, directive: string])[]>> = {
  img: [['src', 'img-src']],
  input: [['src', 'img-src']],
  video: [
    ['src', 'media-src'],
    ['poster', 'img-src'],
  ],
  audio: [['src', 'media-src']],
  source: [['src', 'media-src']],
  track: [['src', 'media-src']],
  iframe: [['src', 'frame-src']],
  frame: [['src', 'frame-src']],
  object: [['data', 'object-src']],
  embed: [['src', 'object-src']],
  form: [['action', 'form-action']],
  button: [['formaction', 'form-action']],
  base: [['href', 'base-uri']],
};

/** Without scripts, which a nonce governs. */
export function loadsOf({ tag, attributes }: Part): readonly Load[] {
  if (tag === 'link') return linkLoads(attributes);
  return (plain[tag] ?? []).flatMap(([attribute, directive]) => {
    const url = attributes.get(attribute);
    return url === undefined || url.trim() === '' ? [] : [{ directive, url }];
  });
}

function linkLoads(attributes: ReadonlyMap<string, string>): readonly Load[] {
  const url = attributes.get('href');
  const kinds = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
  if (url === undefined) return [];
  if (kinds.includes('icon') || kinds.includes('apple-touch-icon')) return [{ directive: 'img-src', url }];
  return kinds.includes('manifest') ? [{ directive: 'manifest-src', url }] : [];
}

/** Undefined if it is not a URL. */
export function resolved(url: string, page: URL): URL | undefined {
  try {
    return new URL(url, page);
  } catch {
    return undefined;
  }
}

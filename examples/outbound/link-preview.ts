import { isRefusal } from 'bulwark';
import { createFetch } from 'bulwark/fetch';
import { decodeHtml } from './decode-html.ts';
import type { Egress } from './egress.ts';
import { pageMetadata } from './page-metadata.ts';

/** What may be shown of a page. All of it is text that a stranger wrote: put it into HTML as text. */
export interface LinkPreview {
  /** Where the link ends, after its redirects. */
  readonly url: string;
  /** The host of `url`, which is what tells a reader whom to trust. Unicode names stay in their ASCII form. */
  readonly site: string;
  /** At most 200 characters. */
  readonly title: string;
  /** At most 400 characters. */
  readonly description: string;
  /** What `imageUrl` made of the image's address; undefined where there is none that may be shown. */
  readonly image: string | undefined;
}

export interface LinkPreviewOptions {
  /**
   * Makes an address of the application's own image proxy. The image is not fetched for the preview, and a reader's
   * browser never asks a stranger's server for it.
   */
  readonly imageUrl: (url: string) => string;
  /** Who is asking, with a page that says so: `example-preview/1 (+https://example.com/bot)`. */
  readonly userAgent: string;
  readonly egress?: Egress;
}

/**
 * Makes the function that previews a link which a user wrote.
 *
 * It gives undefined for whatever yields no preview: a refusal, a name that does not exist, an error of the server. The
 * user learns no difference, as each would say something of the network here; the log has the refusal's event.
 *
 * @example
 * ```ts
 * import { createLinkPreview } from 'bulwark-example-outbound/link-preview';
 *
 * const preview = createLinkPreview({
 *   imageUrl: (url) => `/image?url=${encodeURIComponent(url)}`, // signed, in earnest
 *   userAgent: 'example-preview/1 (+https://example.com/bot)',
 * });
 * await preview('http://169.254.169.254/'); // undefined
 * ```
 */
export function createLinkPreview(
  options: LinkPreviewOptions,
): (url: string) => Promise<LinkPreview | undefined> {
  const fetch = createFetch({
    ...options.egress,
    name: 'link-preview',
    hosts: 'public',
    methods: ['GET'],
    contentTypes: ['text/html', 'application/xhtml+xml'],
    timeoutMs: 8_000,
    maxRedirects: 5,
  });
  const headers = { accept: 'text/html,application/xhtml+xml;q=0.9', 'user-agent': options.userAgent };
  return async (link) => {
    const read = await start(() => fetch(link, { headers }));
    if (!read) return undefined;
    const { url, bytes, contentType } = read;
    const page = pageMetadata(decodeHtml(bytes, contentType));
    const image = imageAddress(page.image, url);
    return {
      url,
      site: new URL(url).hostname,
      title: clipped(page.title, 200),
      description: clipped(page.description, 400),
      image: image === undefined ? undefined : options.imageUrl(image),
    };
  };
}

/** What a preview needs stands at the start: no more is read of a page that is longer. */
const mostBytes = 512 * 1024;

interface Start {
  readonly url: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** The start of a page, or undefined where there is none to be had. */
async function start(get: () => Promise<Response>): Promise<Start | undefined> {
  try {
    const response = await get();
    const reader = response.body?.getReader();
    const chunks: Uint8Array[] = [];
    let size = 0;
    while (reader && response.ok && size < mostBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.byteLength;
    }
    // Closes the connection, if there is more.
    await reader?.cancel();
    if (!response.ok) return undefined;
    const bytes = Buffer.concat(chunks).subarray(0, mostBytes);
    return { url: response.url, contentType: response.headers.get('content-type') ?? '', bytes };
  } catch (error) {
    // A TypeError, or an error with a code, is what fetch gives for a network that fails.
    if (isRefusal(error, 'fetch/*') || error instanceof TypeError || codeOf(error) !== undefined)
      return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** The image's whole address, if it is one that an image proxy could ask for. Whether it may is decided there. */
function imageAddress(given: string, page: string): string | undefined {
  if (given.trim() === '' || !URL.canParse(given, page)) return undefined;
  const { protocol, username, password, href } = new URL(given, page);
  const web = protocol === 'https:' || protocol === 'http:';
  return web && username === '' && password === '' && href.length <= 2_048 ? href : undefined;
}

/** One line, without what changes the order of the text around it (CVE-2021-42574), and no longer than it may be. */
function clipped(text: string, most: number): string {
  const line = text
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}\u2026`;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createFetch } from 'bulwark/fetch';
import type { Egress } from './egress.ts';
import { type ImageType, imageTypeOf, imageTypes, signatureBytes } from './image-type.ts';
import { imageUrlOf, signedImagePath } from './signed-image-path.ts';

export interface ImageProxyOptions {
  /** Secrets of 32 bytes or more. The first one signs; all of them are accepted, so that keys can be changed. */
  readonly keys: readonly Uint8Array[];
  /** Where the proxy is mounted, as in `https://images.example.com` or `/image`. Nothing by default. */
  readonly base?: string;
  /** Of one image, in bytes. 5,000,000 by default. */
  readonly maxBytes?: number;
  readonly userAgent: string;
  /** Which pages may embed what comes from here. `same-site` by default. */
  readonly resourcePolicy?: 'same-origin' | 'same-site' | 'cross-origin';
  readonly egress?: Egress;
}

export interface ImageProxy {
  /** The address under which this proxy shows an image. Throws a TypeError for what is no URL of the web, or too long. */
  urlFor(url: string): string;
  /** Answers one request; `request.url` is without the base, as `app.use(base, ...)` leaves it. It does not throw. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/**
 * Makes an image proxy: readers' browsers ask it, and not a stranger's server, for the images of strangers.
 *
 * It answers only for addresses that it signed itself. Nothing of the reader's request goes out, nothing of the answer
 * comes back but its pixels, and whatever goes wrong is the same 404.
 *
 * @throws {TypeError} at once, for keys that are too short.
 *
 * @example
 * ```ts
 * import { randomBytes } from 'node:crypto';
 * import { createServer } from 'node:http';
 * import { createImageProxy } from 'bulwark-example-outbound/image-proxy';
 *
 * const images = createImageProxy({ keys: [randomBytes(32)], userAgent: 'example-images/1 (+https://example.com/bot)' });
 * images.urlFor('https://example.org/cat.png'); // '/MAC/URL'
 * createServer((request, response) => void images.handle(request, response));
 * ```
 */
export function createImageProxy(options: ImageProxyOptions): ImageProxy {
  const { keys, base = '' } = options;
  const [signing] = keys;
  if (!signing || keys.some((key) => key.byteLength < 32))
    throw new TypeError('keys takes secrets of 32 bytes or more.');
  const fetch = createFetch({
    ...options.egress,
    name: 'image-proxy',
    hosts: 'public',
    methods: ['GET'],
    contentTypes: imageTypes,
    maxBytes: options.maxBytes ?? 5_000_000,
    timeoutMs: 15_000,
    maxRedirects: 5,
  });
  // All that the image's server learns. The reader's own headers, and the address, stay here.
  const headers = { accept: imageTypes.join(), 'user-agent': options.userAgent };
  const resourcePolicy = options.resourcePolicy ?? 'same-site';
  return Object.freeze({
    urlFor(url: string) {
      return base + signedImagePath(webUrl(url), signing);
    },
    async handle(request: IncomingMessage, response: ServerResponse) {
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('content-security-policy', "default-src 'none'; sandbox");
      response.setHeader('cross-origin-resource-policy', resourcePolicy);
      const url = imageUrlOf(request.url ?? '', keys);
      if (url === undefined || (request.method !== 'GET' && request.method !== 'HEAD'))
        return notFound(response);
      const left = new AbortController();
      response.once('close', () => left.abort());
      const image = await openImage(() => fetch(url, { headers, signal: left.signal }));
      if (!image) return notFound(response);
      response.setHeader('content-type', image.type);
      response.setHeader('cache-control', 'public, max-age=86400');
      if (request.method === 'HEAD') {
        await image.rest.return(undefined);
        response.end();
        return;
      }
      // Where it ends early (too large, too slow, the reader gone) the connection is closed, and no cache keeps a half.
      await pipeline(Readable.from(whole(image), { objectMode: false }), response).catch(() =>
        response.destroy(),
      );
    },
  });
}

interface OpenImage {
  readonly type: ImageType;
  readonly start: Uint8Array;
  readonly rest: AsyncGenerator<Uint8Array, void>;
}

/** An image whose first bytes have been looked at; undefined where there is none. */
async function openImage(get: () => Promise<Response>): Promise<OpenImage | undefined> {
  try {
    const response = await get();
    const rest = chunks(response);
    let start = Buffer.alloc(0);
    while (response.ok && start.length < signatureBytes) {
      const { done, value } = await rest.next();
      if (done) break;
      start = Buffer.concat([start, value]);
    }
    // The type that is told is the one that was found: what the server calls it is nothing to go by.
    const type = response.ok ? imageTypeOf(start) : undefined;
    if (type) return { type, start, rest };
    await response.body?.cancel().catch(() => {});
    await rest.return(undefined);
  } catch {
    // A refusal has its event, and the reader is told nothing more than that there is no image.
  }
  return undefined;
}

async function* chunks({ body }: Response): AsyncGenerator<Uint8Array, void> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    // Closes the connection where somebody stopped before the end.
    await reader?.cancel().catch(() => {});
  }
}

async function* whole({ start, rest }: OpenImage): AsyncGenerator<Uint8Array, void> {
  yield start;
  yield* rest;
}

function notFound(response: ServerResponse): void {
  // For a minute, so that a page of dead images does not ask for each of them at every visit.
  response
    .writeHead(404, { 'cache-control': 'public, max-age=60', 'content-type': 'text/plain' })
    .end('No image.\n');
}

function webUrl(text: string): string {
  const url = new URL(text);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  if (web && url.href.length <= 2_048) return url.href;
  throw new TypeError('An image has an http or https address of at most 2,048 characters.');
}

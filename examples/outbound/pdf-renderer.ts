import { setMaxListeners } from 'node:events';
import { createFetch } from 'bulwark/fetch';
import { documentResources, documentUrl } from './document-resources.ts';
import type { Egress } from './egress.ts';
import { launchRenderer, type RendererOptions } from './launch-renderer.ts';

export interface PdfRendererOptions extends RendererOptions {
  /** At once; each is a browser of its own, with some 200 MB. 2 by default. */
  readonly maxRunning?: number;
  /** For one document, the browser's start included, in milliseconds. 20,000 by default. */
  readonly timeoutMs?: number;
  /** What is more is cut off. 100 by default. */
  readonly maxPages?: number;
  readonly egress?: Egress;
}

export interface RenderedPdf {
  readonly pdf: Uint8Array;
  /** Pictures, styles and fonts that are in it. */
  readonly loaded: number;
  /** Requests of the document that were not answered: refused, of another kind, failed, or too many. */
  readonly blocked: number;
}

/** Why there is no PDF. The document may have been at fault; it is not in the message. */
export class RenderError extends Error {
  override readonly name: 'RenderError' = 'RenderError' as const;
  readonly code: 'busy' | 'too-large' | 'timeout' | 'failed';

  constructor(code: RenderError['code'], options?: ErrorOptions) {
    super(`The document was not rendered (${code}).`, options);
    this.code = code;
  }
}

/**
 * Makes a PDF of HTML that a user wrote, or had a hand in.
 *
 * The guard in this process does not see what a browser connects to. So the browser connects to nothing: it has no
 * network, and its requests for pictures, styles and fonts are answered from here, through the guarded fetch. Scripts
 * are off, frames and forms do nothing, and each document has a browser of its own, which ends with it.
 *
 * @throws {RenderError} when it is called, for a document that is too large, too slow, or one too many
 *
 * @example
 * ```ts
 * import { createPdfRenderer } from 'bulwark-example-outbound/pdf-renderer';
 *
 * const render = createPdfRenderer({ executablePath: '/usr/bin/chromium' });
 * const { pdf } = await render('<h1>Invoice</h1><img src="http://169.254.169.254/">'); // without the picture
 * ```
 */
export function createPdfRenderer(options: PdfRendererOptions): (html: string) => Promise<RenderedPdf> {
  const { maxRunning = 2, timeoutMs = 20_000, maxPages = 100 } = options;
  const fetch = createFetch({
    ...options.egress,
    name: 'pdf',
    hosts: 'public',
    methods: ['GET'],
    // Many servers call fonts by older names, or by none.
    contentTypes: ['image/*', 'text/css', 'font/*', ...fontTypes],
    maxBytes: 5_000_000,
    timeoutMs: Math.min(8_000, timeoutMs),
    maxRedirects: 5,
  });
  let running = 0;
  return async (html) => {
    if (html.length > mostCharacters) throw new RenderError('too-large');
    if (running >= maxRunning) throw new RenderError('busy');
    running++;
    const ended = new AbortController();
    // Each request for a picture listens.
    setMaxListeners(limits.maxResources + 2, ended.signal);
    const resources = documentResources(html, fetch, limits, ended.signal);
    const timer = setTimeout(() => ended.abort(), timeoutMs);
    try {
      const pdf = await print(options, resources, maxPages, ended.signal);
      return { pdf, loaded: resources.loaded, blocked: resources.blocked };
    } catch (cause) {
      throw new RenderError(ended.signal.aborted ? 'timeout' : 'failed', { cause });
    } finally {
      clearTimeout(timer);
      ended.abort();
      running--;
    }
  };
}

const mostCharacters = 2_000_000;
const limits = Object.freeze({ maxResources: 100, maxBytes: 20_000_000 });
const fontTypes = ['woff', 'woff2', 'ttf', 'otf', 'sfnt'].flatMap((name) => [
  `application/font-${name}`,
  `application/x-font-${name}`,
]);

/** One browser, one document. */
async function print(
  options: RendererOptions,
  resources: ReturnType<typeof documentResources>,
  maxPages: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const browser = await launchRenderer(options);
  // Whatever is waited for below fails when the browser is gone.
  const end = (): Promise<void> => browser.close().catch(() => {});
  signal.addEventListener('abort', () => void end(), { once: true });
  try {
    signal.throwIfAborted();
    const context = await browser.newContext({
      javaScriptEnabled: false,
      serviceWorkers: 'block',
      acceptDownloads: false,
      offline: true,
    });
    await context.route('**/*', (route) => resources.answer(route));
    const page = await context.newPage();
    await page.goto(documentUrl, { waitUntil: 'load', timeout: 0 });
    return await page.pdf({ format: 'A4', printBackground: true, pageRanges: `1-${maxPages}` });
  } finally {
    await end();
  }
}

import { knownOptions } from '../internal/known-options.ts';
import { render } from './render.ts';
import type { StreamOptions } from './render-to-stream.ts';
import { renderChunks } from './values/render-chunks.ts';
import { contentOf, type LateHtml, type SafeHtml } from './values/safe-html.ts';

/** What `node:http` answers with, and so Express, Fastify (`reply.raw`) and Koa (`ctx.res`). */
export interface HtmlTarget {
  setHeader(name: string, value: string): unknown;
  write(chunk: string): boolean;
  end(chunk?: string): unknown;
  destroy(error?: Error): unknown;
  readonly destroyed?: boolean;
  once(event: 'drain' | 'close', listener: () => void): unknown;
  removeListener(event: 'drain' | 'close', listener: () => void): unknown;
}

/**
 * Sends the page as `text/html; charset=utf-8`. A page that waits is streamed, no faster than the client reads.
 *
 * @returns once the page is handed over. It rejects where a promise in the page rejects or a value is refused; what was
 *   sent by then is cut off, so that the client can tell. A client that leaves ends it quietly.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { html, sendHtml } from 'bulwark/html';
 *
 * createServer((req, res) => void sendHtml(res, html`<p>${req.url}</p>`));
 * ```
 */
export async function sendHtml(
  target: HtmlTarget,
  page: SafeHtml | LateHtml,
  options: StreamOptions = {},
): Promise<void> {
  const { signal, ...rest } = knownOptions(options, ['nonce', 'signal']);
  if (!contentOf(page)?.lates) {
    const body = render(page as SafeHtml, rest);
    target.setHeader('content-type', 'text/html; charset=utf-8');
    target.end(body);
    return;
  }
  const chunks = renderChunks(page, rest);
  // It left before there was a page: no event would tell.
  if (target.destroyed) return chunks.stop(undefined);
  const abort = (): void => chunks.stop(signal?.reason);
  const left = new Error('The client left.');
  let drained = (): void => {};
  const onDrain = (): void => drained();
  const onClose = (): void => {
    chunks.stop(left);
    drained();
  };
  target.setHeader('content-type', 'text/html; charset=utf-8');
  target.once('close', onClose);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  try {
    for (let chunk = await chunks.next(); chunk !== undefined; chunk = await chunks.next()) {
      if (target.write(chunk)) continue;
      await new Promise<void>((resolve) => {
        drained = resolve;
        target.once('drain', onDrain);
      });
    }
    target.removeListener('close', onClose);
    target.end();
  } catch (error) {
    if (error === left) return;
    target.removeListener('close', onClose);
    target.destroy(error instanceof Error ? error : undefined);
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

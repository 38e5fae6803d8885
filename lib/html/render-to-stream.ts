import { knownOptions } from '../internal/known-options.ts';
import type { RenderOptions } from './render.ts';
import { renderChunks } from './values/render-chunks.ts';
import type { LateHtml, SafeHtml } from './values/safe-html.ts';

export interface StreamOptions extends RenderOptions {
  /** Ends the stream with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * The page as a stream of UTF-8, in order: what stands in front of a promise is sent while it is awaited. A chunk is made
 * when the reader asks for it, so that a slow reader slows an async iterable down, and no more than one is held.
 *
 * A promise that rejects, a value that is refused, and an abort end the stream with that error: the page is cut off, and
 * the client can tell. Iterables that are open are told to return, and no rejection stays unhandled.
 *
 * For a stream of Node there is `Readable.fromWeb(renderToStream(page))`.
 *
 * @throws Misuse `html/not-safe-html` for anything that the tag, the sanitiser or `trustedHtml` did not make
 *
 * @example
 * ```ts
 * import { html, renderToStream } from 'bulwark/html';
 *
 * declare const rows: AsyncIterable<{ name: string }>;
 * async function* items() {
 *   for await (const { name } of rows) yield html`<li>${name}</li>`;
 * }
 * renderToStream(html`<ul>${items()}</ul>`); // '<ul>', then an item at a time, then '</ul>'
 * ```
 */
export function renderToStream(
  page: SafeHtml | LateHtml,
  options: StreamOptions = {},
): ReadableStream<Uint8Array> {
  const { signal, ...rest } = knownOptions(options, ['nonce', 'signal']);
  const chunks = renderChunks(page, rest);
  const encoder = new TextEncoder();
  let abort: (() => void) | undefined;
  const finish = (): void => {
    if (abort) signal?.removeEventListener('abort', abort);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (!signal) return;
        abort = () => {
          chunks.stop(signal.reason);
          controller.error(signal.reason);
        };
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort, { once: true });
      },
      async pull(controller) {
        try {
          const chunk = await chunks.next();
          if (chunk !== undefined) controller.enqueue(encoder.encode(chunk));
          else {
            finish();
            controller.close();
          }
        } catch (error) {
          finish();
          // After an abort it does nothing.
          controller.error(error);
        }
      },
      cancel(reason) {
        finish();
        chunks.stop(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

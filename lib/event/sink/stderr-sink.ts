import { knownOptions } from '../../internal/known-options.ts';
import type { Shape, Sink } from './sink.ts';

let listens = false;

/**
 * One JSON object a line on standard error: the default, so that a refusal is never silent. Where nobody reads standard
 * error any more (EPIPE), events are lost there, and the program goes on.
 */
export function stderrSink(options: { readonly shape?: Shape } = {}): Sink {
  const { shape } = knownOptions(options, ['shape']);
  return {
    name: 'stderr',
    write(events) {
      const lines = events.map((event) => JSON.stringify(shape ? shape(event) : event));
      const stderr = globalThis.process?.stderr;
      if (stderr === undefined) {
        // A worker's standard error.
        for (const line of lines) console.error(line);
        return;
      }
      // Without a listener the error would end the process, at a moment that any client could choose.
      if (!listens) stderr.on('error', () => {});
      listens = true;
      stderr.write(lines.map((line) => `${line}\n`).join(''));
    },
  };
}

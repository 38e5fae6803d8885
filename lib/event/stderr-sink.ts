import type { Sink } from './sink.ts';

/** One JSON object a line on standard error: the default, so that a refusal is never silent. */
export function stderrSink(): Sink {
  return {
    name: 'stderr',
    write(events) {
      process.stderr.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    },
  };
}

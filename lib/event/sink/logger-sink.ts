import { knownOptions } from '../../internal/known-options.ts';
import { codes, type Severity } from '../../refusal/codes.ts';
import type { Shape, Sink } from './sink.ts';

/** What pino, bunyan, Fastify's `request.log` and many others have in common. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const level: { readonly [S in Severity]: keyof Logger } = {
  low: 'info',
  medium: 'warn',
  high: 'warn',
  critical: 'error',
};

/**
 * Writes each event as the field `security`, with the catalogue's sentence as the message. A `shape` gives the fields
 * themselves instead.
 */
export function loggerSink(logger: Logger, options: { readonly shape?: Shape } = {}): Sink {
  const { shape } = knownOptions(options, ['shape']);
  return {
    name: 'logger',
    write(events) {
      for (const event of events) {
        const fields = shape ? shape(event) : { security: event };
        logger[level[event.severity]](fields, codes[event.code].message);
      }
    },
  };
}

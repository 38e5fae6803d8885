import { codes, type Severity } from '../refusal/codes.ts';
import type { Sink } from './sink.ts';

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

/** Writes each event as the field `security`, with the catalogue's sentence as the message. */
export function loggerSink(logger: Logger): Sink {
  return {
    name: 'logger',
    write(events) {
      for (const event of events)
        logger[level[event.severity]]({ security: event }, codes[event.code].message);
    },
  };
}

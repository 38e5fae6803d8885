import type { Undo } from '../replace-method.ts';
import type { Gate } from './statement-tap.ts';

type Debug = (connection: unknown, text: string, ...rest: unknown[]) => void;

/**
 * postgres.js writes its statements itself, and tells its option `debug` of each one that it is about to send. What is
 * thrown there fails the statement.
 */
export function tapPostgres(db: object, gate: Gate): Undo {
  const { options } = db as { options: { debug: unknown } };
  const { debug } = options;
  const told: Debug = (connection, text, ...rest) => {
    const error = gate(text);
    if (error) throw error;
    if (typeof debug === 'function') (debug as Debug)(connection, text, ...rest);
  };
  options.debug = told;
  return () => {
    options.debug = debug;
  };
}

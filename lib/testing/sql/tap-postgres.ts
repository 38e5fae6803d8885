import type { Undo } from '../replace-method.ts';
import type { Bound, Gate } from './gate.ts';

type Debug = (connection: unknown, text: string, parameters: unknown, ...rest: unknown[]) => void;

/**
 * postgres.js writes its statements itself, and tells its option `debug` of each one that it is about to send. What is
 * thrown there fails the statement.
 */
export function tapPostgres(db: object, gate: Gate, bound: Bound): Undo {
  const { options } = db as { options: { debug: unknown } };
  const { debug } = options;
  const told: Debug = (connection, text, parameters, ...rest) => {
    const error = gate(text);
    if (error) throw error;
    bound(parameters);
    if (typeof debug === 'function') (debug as Debug)(connection, text, parameters, ...rest);
  };
  options.debug = told;
  return () => {
    options.debug = debug;
  };
}

import { Misuse } from '../refusal/misuse.ts';

/**
 * Names the file and line that called `tag` in a Misuse: what is compiled at the first use shows a line of a template,
 * and not where that stands. Only called where one is thrown.
 */
export function atCallSite(error: unknown, tag: (...values: never[]) => unknown): unknown {
  if (!(error instanceof Misuse) || Object.isFrozen(error)) return error;
  const before = error.stack;
  Error.captureStackTrace(error, tag);
  const frame = /^ {4}at .*$/m.exec(error.stack ?? '')?.[0];
  const place = frame === undefined ? undefined : /\(?((?:file:\/\/)?[^()\s]*:\d+:\d+)\)?$/.exec(frame)?.[1];
  if (place === undefined || before === undefined) return error;
  error.message += `\n\nIn ${place.replace(/^file:\/\//, '')}`;
  // Once more, for the stack to begin with the message as it is now.
  Error.captureStackTrace(error, tag);
  return error;
}

import { replaceMethod, type Undo } from '../replace-method.ts';
import type { Gate } from './statement-tap.ts';

const query = 'Q'.charCodeAt(0);
const parse = 'P'.charCodeAt(0);

/** Every method of PGlite, and its transactions, come to this one, with messages of PostgreSQL's protocol (55.7). */
export function tapPglite(db: object, gate: Gate): Undo {
  return replaceMethod(db, 'execProtocolRaw', (execProtocolRaw) => async (...args) => {
    const text = textIn(args[0] as Uint8Array);
    const error = text === undefined ? undefined : gate(text);
    if (error) throw error;
    return execProtocolRaw.apply(db, args);
  });
}

/** A message is its kind, four bytes of length, and for Parse the statement's name in front of the text. */
function textIn(message: Uint8Array): string | undefined {
  const [kind] = message;
  if (kind !== query && kind !== parse) return undefined;
  const start = kind === query ? 5 : message.indexOf(0, 5) + 1;
  return new TextDecoder().decode(message.subarray(start, message.indexOf(0, start)));
}

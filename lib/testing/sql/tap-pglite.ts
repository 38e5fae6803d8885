import { replaceMethod, type Undo } from '../replace-method.ts';
import type { Gate } from './statement-tap.ts';

const query = 'Q'.charCodeAt(0);
const parse = 'P'.charCodeAt(0);

/** Every method of PGlite, and its transactions, come to one of these, with messages of PostgreSQL's protocol (55.7). */
const methods: readonly string[] = ['execProtocolRaw', 'execProtocolRawStream', 'execProtocolRawSync'];

export function tapPglite(db: object, gate: Gate): Undo {
  const undone = methods.map((name) =>
    replaceMethod(db, name, (method) => (...args) => {
      for (const text of textsIn(args[0] as Uint8Array)) {
        const error = gate(text);
        if (error && name.endsWith('Sync')) throw error;
        if (error) return Promise.reject(error);
      }
      return method.apply(db, args);
    }),
  );
  return () => {
    for (const undo of undone.reverse()) undo();
  };
}

/** A message is its kind, four bytes of length, and for Parse the statement's name in front of the text. */
function textsIn(messages: Uint8Array): readonly string[] {
  const texts: string[] = [];
  const view = new DataView(messages.buffer, messages.byteOffset, messages.byteLength);
  for (let at = 0; at + 5 <= messages.length; ) {
    const kind = messages[at];
    const start = kind === parse ? messages.indexOf(0, at + 5) + 1 : at + 5;
    if (kind === query || kind === parse) {
      texts.push(new TextDecoder().decode(messages.subarray(start, messages.indexOf(0, start))));
    }
    // The length counts itself, and not the kind. One that is wrong is for the server to refuse.
    at += 1 + Math.max(4, view.getInt32(at + 1));
  }
  return texts;
}

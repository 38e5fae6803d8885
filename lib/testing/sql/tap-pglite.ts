import { replaceMethod, type Undo } from '../replace-method.ts';
import type { Bound, Gate } from './gate.ts';

const query = 'Q'.charCodeAt(0);
const parse = 'P'.charCodeAt(0);
const bind = 'B'.charCodeAt(0);

/** Every method of PGlite, and its transactions, come to one of these, with messages of PostgreSQL's protocol (55.7). */
const methods: readonly string[] = ['execProtocolRaw', 'execProtocolRawStream', 'execProtocolRawSync'];

export function tapPglite(db: object, gate: Gate, bound: Bound): Undo {
  const undone = methods.map((name) =>
    replaceMethod(db, name, (method) => (...args) => {
      for (const { text, values } of readMessages(args[0] as Uint8Array)) {
        if (values) bound(values);
        const error = text === undefined ? undefined : gate(text);
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

interface Message {
  readonly text?: string;
  /** Of Bind. */
  readonly values?: readonly string[];
}

/** A message is its kind, four bytes of length, and for Parse the statement's name in front of the text. */
function readMessages(messages: Uint8Array): readonly Message[] {
  const found: Message[] = [];
  const view = new DataView(messages.buffer, messages.byteOffset, messages.byteLength);
  const read = (start: number, end: number): string =>
    new TextDecoder().decode(messages.subarray(start, end));
  for (let at = 0; at + 5 <= messages.length; ) {
    const kind = messages[at];
    // The length counts itself, and not the kind. One that is wrong is for the server to refuse.
    const end = at + 1 + Math.max(4, view.getInt32(at + 1));
    const start = kind === parse ? messages.indexOf(0, at + 5) + 1 : at + 5;
    if (kind === query || kind === parse) found.push({ text: read(start, messages.indexOf(0, start)) });
    if (kind === bind) found.push({ values: readValues(messages.subarray(start, end)) });
    at = end;
  }
  return found;
}

/** Two names, the formats of the values, and each value behind its length, which is -1 for NULL. */
function readValues(body: Uint8Array): readonly string[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const names = body.indexOf(0, body.indexOf(0) + 1) + 1;
  const formats = names + 2 <= body.length ? view.getInt16(names) : 0;
  const values: string[] = [];
  for (let at = names + 2 + 2 * formats + 2; at + 4 <= body.length; ) {
    const length = view.getInt32(at);
    values.push(new TextDecoder().decode(body.subarray(at + 4, at + 4 + Math.max(0, length))));
    at += 4 + Math.max(0, length);
    // What follows are the formats of the answer.
    if (values.length === view.getInt16(names + 2 + 2 * formats)) break;
  }
  return values;
}

import type * as http from 'node:http';
import type { ServerResponse } from 'node:http';
import type { PreparedHeader } from './prepared-headers.ts';

/** Sends the headers with the nonce in its places. */
export type SetChecked = (res: ServerResponse, headers: readonly PreparedHeader[], nonce: string) => void;

type Outgoing = Record<string, [name: string, value: string]>;

/**
 * Sends many headers at once. `setHeader` checks each name and value again, which costs more than all else that is done for a
 * request here. So they go into the record where Node keeps headers until it sends them, if a trial shows that this Node
 * has such a record. Other responses (HTTP/2, a `setHeader` that monitoring has replaced) get `setHeader`.
 */
export function checkedHeaders(): SetChecked {
  // No import, so that workers can load an adapter that serves Node too.
  const OutgoingMessage = globalThis.process?.getBuiltinModule?.('node:http').OutgoingMessage;
  const record = OutgoingMessage && recordOf(OutgoingMessage);
  return (res, headers, nonce) => {
    const usable =
      record !== undefined && !res.headersSent && res.setHeader === OutgoingMessage?.prototype.setHeader;
    if (!usable) {
      for (const header of headers) res.setHeader(header.name, textOf(header, nonce));
      return;
    }
    const kept = (res as unknown as Record<symbol, Outgoing | null>)[record] ?? null;
    // A record of its own kind, in the order in which the headers were set.
    const outgoing: Outgoing = new OutgoingRecord();
    for (const key in kept) outgoing[key] = kept[key] as Outgoing[string];
    for (let i = 0; i < headers.length; i++) {
      const header = headers[i] as PreparedHeader;
      // Arrays of its own for each response, since `appendHeader` changes them.
      outgoing[header.key] = [header.name, textOf(header, nonce)];
    }
    (res as unknown as Record<symbol, Outgoing | null>)[record] = outgoing;
  };
}

function textOf({ pieces }: PreparedHeader, nonce: string): string {
  let text = pieces[0] as string;
  // Not `join`: the text is copied once, when the response's head is written, and not here.
  for (let i = 1; i < pieces.length; i++) text += nonce + pieces[i];
  return text;
}

/**
 * Node's own record, `{ __proto__: null }`, is a hash table to V8: filling and reading it takes twice the time of an object with a
 * constructor. This one inherits as little, and nothing can be added to what it inherits from.
 */
const OutgoingRecord = function outgoing(): void {} as unknown as new () => Outgoing;
OutgoingRecord.prototype = Object.freeze(Object.create(null));

/** The key of that record in a response of this Node, or undefined where it does not behave like the one that is known. */
function recordOf(OutgoingMessage: typeof http.OutgoingMessage): symbol | undefined {
  try {
    const trial = new OutgoingMessage() as http.OutgoingMessage & Record<symbol, Outgoing | null>;
    const key = Object.getOwnPropertySymbols(trial).find(({ description }) => description === 'kOutHeaders');
    if (key === undefined) return undefined;
    trial.setHeader('X-One', '1');
    if (JSON.stringify(trial[key]) !== '{"x-one":["X-One","1"]}') return undefined;
    const outgoing: Outgoing = new OutgoingRecord();
    outgoing['x-one'] = ['X-One', '1'];
    outgoing['x-two'] = ['X-Two', '2'];
    trial[key] = outgoing;
    const seen = [trial.getHeader('X-Two'), ...trial.getHeaderNames(), trial.hasHeader('x-TWO')];
    trial.removeHeader('x-two');
    trial.setHeader('X-Three', '3');
    seen.push(trial.hasHeader('x-two'), JSON.stringify(trial.getHeaders()));
    return seen.join() === '2,x-one,x-two,true,false,{"x-one":"1","x-three":"3"}' ? key : undefined;
  } catch {
    return undefined;
  }
}

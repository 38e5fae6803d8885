import type { ServerResponse } from 'node:http';
import { OutgoingRecord, outgoingOf, setOutgoing } from './outgoing-record.ts';
import type { PreparedHeader } from './prepared-headers.ts';

/**
 * Sends many headers at once. `setHeader` checks each name and value again, which costs more than all else that is done for a
 * request here. So they go into the record where Node keeps headers until it sends them, and where there is none, through `setHeader`.
 * What tells which framework answers is removed.
 */
export function setPrepared(res: ServerResponse, headers: readonly PreparedHeader[], nonce: string): void {
  const kept = outgoingOf(res);
  if (kept === undefined || res.headersSent) {
    res.removeHeader('X-Powered-By');
    for (const header of headers) res.setHeader(header.name, textOf(header, nonce));
    return;
  }
  const record = new OutgoingRecord();
  // What was set before keeps its place.
  for (const key in kept) if (key !== 'x-powered-by') record[key] = kept[key] as (typeof record)[string];
  for (let i = 0; i < headers.length; i++) {
    const header = headers[i] as PreparedHeader;
    // Arrays of its own for each response, since `appendHeader` changes them.
    record[header.key] = [header.name, textOf(header, nonce)];
  }
  setOutgoing(res, record);
}

function textOf({ pieces }: PreparedHeader, nonce: string): string {
  let text = pieces[0] as string;
  // Not `join`: the text is copied once, when the response's head is written, and not here.
  for (let i = 1; i < pieces.length; i++) text += nonce + pieces[i];
  return text;
}

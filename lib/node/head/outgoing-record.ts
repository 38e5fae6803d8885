import type { OutgoingMessage } from 'node:http';
import { nodeHttp } from '../node-http.ts';

/** The headers of a response that are not sent yet, by their names in lower case. */
export type OutgoingHeaders = Record<string, [name: string, value: number | string | readonly string[]]>;

type WithRecord = Record<symbol, OutgoingHeaders | null>;

/**
 * Node's own record, `{ __proto__: null }`, is a hash table to V8: filling and reading it takes twice the time of an object with a
 * constructor. This one inherits as little, and nothing can be added to what it inherits from.
 */
export const OutgoingRecord: new () => OutgoingHeaders =
  function outgoing(): void {} as unknown as new () => OutgoingHeaders;
OutgoingRecord.prototype = Object.freeze(Object.create(null));

/**
 * The record where Node keeps a response's headers until it sends them; null before the first one. Undefined where there is none that
 * may be used: on another Node, over HTTP/2, and where monitoring has replaced `setHeader`.
 */
export function outgoingOf(res: object): OutgoingHeaders | null | undefined {
  const usable = key !== undefined && (res as { setHeader?: unknown }).setHeader === usual;
  return usable ? (res as WithRecord)[key] : undefined;
}

/** Puts another record in its place. Only where `outgoingOf` did not return undefined. */
export function setOutgoing(res: object, record: OutgoingHeaders): void {
  (res as WithRecord)[key as symbol] = record;
}

const usual = nodeHttp?.OutgoingMessage.prototype.setHeader;
/** The key of that record in a response of this Node, or undefined where it does not behave like the one that is known. */
const key: symbol | undefined = keyByTrial();

function keyByTrial(): symbol | undefined {
  try {
    if (!nodeHttp) return undefined;
    const trial = new nodeHttp.OutgoingMessage() as OutgoingMessage & WithRecord;
    const found = Object.getOwnPropertySymbols(trial).find(
      ({ description }) => description === 'kOutHeaders',
    );
    if (found === undefined || trial[found] !== null) return undefined;
    trial.setHeader('X-One', '1');
    if (JSON.stringify(trial[found]) !== '{"x-one":["X-One","1"]}') return undefined;
    const record = new OutgoingRecord();
    record['x-one'] = ['X-One', '1'];
    record['x-two'] = ['X-Two', '2'];
    trial[found] = record;
    const seen = [trial.getHeader('X-Two'), ...trial.getHeaderNames(), trial.hasHeader('x-TWO')];
    trial.removeHeader('x-two');
    trial.setHeader('X-Three', '3');
    seen.push(trial.hasHeader('x-two'), JSON.stringify(trial.getHeaders()));
    return seen.join() === '2,x-one,x-two,true,false,{"x-one":"1","x-three":"3"}' ? found : undefined;
  } catch {
    return undefined;
  }
}

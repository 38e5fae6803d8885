import { OutgoingMessage, type ServerResponse } from 'node:http';

/** A name and a value that were checked when the application started. */
export type CheckedHeader = readonly [name: string, value: string];

export type SetChecked = (res: ServerResponse, headers: readonly CheckedHeader[]) => void;

type Outgoing = Record<string, [name: string, value: string]>;

/**
 * Sets many headers at once. `setHeader` checks each name and value again, which costs more than all else that is done for a
 * request here. So they go into the record where Node keeps headers until it sends them, if a trial shows that this Node
 * has such a record. Other responses (HTTP/2, a `setHeader` that monitoring has replaced) get `setHeader`.
 */
export function checkedHeaders(): SetChecked {
  const record = recordOf();
  const lowerCase = new Map<string, string>();
  return (res, headers) => {
    const usable =
      record !== undefined && !res.headersSent && res.setHeader === OutgoingMessage.prototype.setHeader;
    const outgoing = usable ? (res as unknown as Record<symbol, Outgoing | null>)[record] : null;
    for (let i = 0; i < headers.length; i++) {
      const header = headers[i] as CheckedHeader;
      const name = header[0];
      // Arrays of its own for each response, since `appendHeader` changes them.
      if (outgoing) outgoing[keyOf(name)] = [name, header[1]];
      else res.setHeader(name, header[1]);
    }
  };

  /** The names are the developer's, and few. */
  function keyOf(name: string): string {
    let key = lowerCase.get(name);
    if (key === undefined) {
      key = name.toLowerCase();
      lowerCase.set(name, key);
    }
    return key;
  }
}

/** The key of that record in a response of this Node, or undefined where it does not behave like the one that is known. */
function recordOf(): symbol | undefined {
  try {
    const trial = new OutgoingMessage() as OutgoingMessage & Record<symbol, Outgoing | null>;
    const key = Object.getOwnPropertySymbols(trial).find(({ description }) => description === 'kOutHeaders');
    if (key === undefined) return undefined;
    trial.setHeader('X-One', '1');
    const outgoing = trial[key] as Outgoing;
    if (JSON.stringify(outgoing) !== '{"x-one":["X-One","1"]}') return undefined;
    outgoing['x-two'] = ['X-Two', '2'];
    const seen = [trial.getHeader('X-Two'), ...trial.getHeaderNames(), trial.hasHeader('x-TWO')];
    trial.removeHeader('x-two');
    return [...seen, trial.hasHeader('x-two')].join() === '2,x-one,x-two,true,false' ? key : undefined;
  } catch {
    return undefined;
  }
}

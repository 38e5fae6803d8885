import { networkOf } from './network-of.ts';

/** How many distinct events of one window are kept, and by whom they may be taken. */
export interface WindowRoom {
  /** Takes a place for one more distinct event; false where there is none for this code or client. */
  take(code: string, client: string | undefined): boolean;
}

/**
 * One code takes at most half of the places, and one client at most a quarter, so that a flood of one kind, or from one
 * address, cannot hide another attack from the log. An IPv6 client is its /64, because that is what one customer is
 * given.
 */
export function windowRoom(maxKeys: number): WindowRoom {
  const perCode = Math.ceil(maxKeys / 2);
  const perClient = Math.ceil(maxKeys / 4);
  const ofCode = new Map<string, number>();
  const ofNetwork = new Map<string, number>();
  let all = 0;

  return {
    take(code, client) {
      const sameCode = ofCode.get(code) ?? 0;
      // Before the client is looked at: most of a flood ends here.
      if (all >= maxKeys || sameCode >= perCode) return false;
      if (client !== undefined) {
        const network = networkOf(client);
        const sameNetwork = ofNetwork.get(network) ?? 0;
        if (sameNetwork >= perClient) return false;
        ofNetwork.set(network, sameNetwork + 1);
      }
      all++;
      ofCode.set(code, sameCode + 1);
      return true;
    },
  };
}

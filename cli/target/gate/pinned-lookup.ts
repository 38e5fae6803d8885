import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** A `lookup` for `net` that gives these addresses, whatever the name. */
export function pinnedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (hostname, options, callback) => {
    const [first] = addresses;
    if (first === undefined) {
      const error = Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
      callback(error, []);
    } else if (options.all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}

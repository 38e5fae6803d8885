import { cells } from './cells.ts';
import { describeMatrix } from './matrix-suite.ts';

/** One setup for each diagnosis, and similar setups that are correct. The whole matrix is in matrix.long.test.ts. */
const quick = new Set([
  'one proxy, TLS',
  'two proxies, TLS',
  'a cache that obeys',
  'no proxy, one counted',
  'one proxy, none counted',
  'two proxies, one counted',
  'Host replaced by the address of the application',
  'a cache that ignores Cache-Control',
]);

describeMatrix(
  cells.filter(({ name }) => quick.has(name)),
  'express',
);

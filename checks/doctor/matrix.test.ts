import { cells } from './cells.ts';
import { describeMatrix } from './matrix-suite.ts';

/** One of each diagnosis, and neighbours that are right. The whole matrix is in matrix.long.test.ts. */
const quick = new Set([
  'one proxy, TLS',
  'two proxies, TLS',
  'a cache that obeys',
  'no proxy, one counted',
  'one proxy, none counted',
  'two proxies, one counted',
  'Host replaced by that of the application',
  'a cache that ignores Cache-Control',
]);

describeMatrix(
  cells.filter(({ name }) => quick.has(name)),
  'express',
);

import { nodeHash } from '../internal/node-hash.ts';
import { Misuse } from '../refusal/misuse.ts';

/**
 * Returns the source expression that allows exactly one inline `<script>` or `<style>`. Use it for pages that are cached or generated at
 * build time, which can't have a nonce.
 *
 * @param text everything between the tags, including all white space; never data from a request
 * @throws Misuse `csp/invalid-directive` if `text` is not a string, or the algorithm is unknown
 *
 * @example
 * ```ts
 * import { csp, sourceHash } from 'bulwark/csp';
 *
 * sourceHash('start();'); // "'sha256-E6jQvrT2ZivWG9GJ4AAEZf4MhI7l3QkLroW4hgvUT4c='"
 * csp({ directives: { 'script-src': [sourceHash('start();'), "'strict-dynamic'"], 'style-src': ["'self'"] } }).needsNonce;
 * // false
 * ```
 */
export function sourceHash(text: string, algorithm: 'sha256' | 'sha384' | 'sha512' = 'sha256'): string {
  if (typeof text !== 'string' || !['sha256', 'sha384', 'sha512'].includes(algorithm)) {
    throw new Misuse('csp/invalid-directive', 'sourceHash takes a string, and sha256, sha384 or sha512.');
  }
  const hash = nodeHash();
  if (!hash) {
    throw new Misuse('csp/invalid-directive', 'sourceHash needs Node. Call it when you build the worker.');
  }
  // The HTML parser turns every line break into a line feed before the browser computes the hash.
  return `'${algorithm}-${hash(algorithm, text.replace(/\r\n?/g, '\n'), 'base64')}'`;
}

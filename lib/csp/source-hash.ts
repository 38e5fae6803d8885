import { hash } from 'node:crypto';
import { Misuse } from '../refusal/misuse.ts';

/**
 * The source that lets one inline `<script>` or `<style>` run, and no other: for pages that are cached or written at
 * build time, which cannot carry a nonce.
 *
 * @param text what stands between the tags, to the last space; never data of a request
 * @throws Misuse `csp/invalid-directive` for what is no string, or another algorithm
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
  // The parser of HTML makes a line feed of every line break before the browser hashes.
  return `'${algorithm}-${hash(algorithm, text.replace(/\r\n?/g, '\n'), 'base64')}'`;
}

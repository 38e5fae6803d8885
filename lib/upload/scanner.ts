import type { SafePath } from '../path/safe-path.ts';

/** What a scanner says of a file. Only `clean` lets it out of quarantine. */
export type Scan =
  | { readonly clean: true }
  | { readonly clean: false; readonly signature: string }
  /** It could not tell: an error, a time-out, a file beyond its size. */
  | { readonly unknown: string };

/**
 * Looks for malware in a whole file.
 *
 * `scan` resolves also where the scanner can't be reached, with `unknown`; a rejection counts as `unknown` too.
 */
export interface Scanner {
  scan(file: { readonly path: SafePath; readonly bytes: number }): Promise<Scan>;
}

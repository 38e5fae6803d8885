import type { SafePath } from '../path/safe-path.ts';

/** The result of a scan. Only `clean` lets a file out of quarantine. */
export type Scan =
  | { readonly clean: true }
  | { readonly clean: false; readonly signature: string }
  /** It could not tell: an error, a time-out, a file over its size limit. */
  | { readonly unknown: string };

/**
 * Looks for malware in a whole file.
 *
 * `scan` also resolves if the scanner can't be reached, with `unknown`; a rejection counts as `unknown` too.
 */
export interface Scanner {
  scan(file: { readonly path: SafePath; readonly bytes: number }): Promise<Scan>;
}

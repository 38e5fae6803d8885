import type { Attested } from '../line/judge-lines.ts';

/** An entry of an attestation file, with its place. */
export interface Attestation extends Attested {
  /** The file, as it was named. */
  readonly path: string;
}

import type { Confidence } from '../../../finding/finding.ts';
import type { ValueId } from '../../ir/ir.ts';

/** What is wrong with an escape, as the rule reports it. */
export interface Weakness {
  readonly message: string;
  readonly confidence: Confidence;
  /** The value whose location is reported. If absent, the location is that of the examined instruction. */
  readonly value?: ValueId;
}

import type { Confidence } from '../../../finding/finding.ts';
import type { ValueId } from '../../ir/ir.ts';

/** What is wrong with an escape, as the rule reports it. */
export interface Weakness {
  readonly message: string;
  readonly confidence: Confidence;
  /** The value whose place is reported, if that isn't the call. */
  readonly value?: ValueId;
}

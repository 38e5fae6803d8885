import type { Confidence } from '../../../finding/finding.ts';

export interface Found {
  readonly message: string;
  readonly confidence: Confidence;
}

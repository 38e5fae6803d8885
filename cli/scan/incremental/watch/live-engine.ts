import type { RuleInfo } from '../../../finding/finding.ts';
import type { ScanResult } from '../../report/scan-result.ts';
import type { ScanOptions } from '../../scan-engine.ts';

/** An engine that is asked again and again; every `ScanEngine` is one. */
export interface LiveEngine {
  readonly rules: readonly RuleInfo[];
  readonly scan: (options: LiveScanOptions) => Promise<ScanResult>;
}

/** What an engine in another thread needs besides, as functions do not get there. */
export interface LiveScanOptions extends ScanOptions {
  /** What the paths of the project start from. */
  readonly root: string;
  /** Texts that stand for those on the disk, by path from the root. */
  readonly unsaved: ReadonlyMap<string, string>;
  /** Says that the result is not wanted any more. An engine need not look. */
  readonly signal: AbortSignal;
}

/** Thrown by a scan that ended early because its signal said so. */
export class ScanCancelled extends Error {
  override readonly name = 'ScanCancelled';

  constructor() {
    super('The scan was cancelled.');
  }
}

import type { RuleInfo } from '../../../finding/finding.ts';
import type { ScanResult } from '../../report/scan-result.ts';
import type { ScanOptions } from '../../scan-engine.ts';

/** An engine for repeated scans. Every `ScanEngine` is one. */
export interface LiveEngine {
  readonly rules: readonly RuleInfo[];
  readonly scan: (options: LiveScanOptions) => Promise<ScanResult>;
}

/**
 * The options of a scan by a `LiveEngine`. An engine may run in another thread, so `root` and `unsaved` are plain data that
 * can be sent to it.
 */
export interface LiveScanOptions extends ScanOptions {
  /** The root that paths of the project are relative to. */
  readonly root: string;
  /** Texts that replace those on disk, by path from the root. */
  readonly unsaved: ReadonlyMap<string, string>;
  /** Aborted when the result is no longer needed. An engine may ignore it. */
  readonly signal: AbortSignal;
}

/** Thrown by a scan that was ended early through its `signal`. */
export class ScanCancelled extends Error {
  override readonly name = 'ScanCancelled';

  constructor() {
    super('The scan was cancelled.');
  }
}

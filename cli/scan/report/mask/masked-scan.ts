import type { Finding } from '../../../finding/finding.ts';
import type { ScanResult } from '../scan-result.ts';
import { maskFinding, maskText } from './mask-text.ts';
import { secretMask } from './secret-mask.ts';

export interface MaskedScan {
  readonly result: ScanResult;
  /** The texts of files, for excerpts and fingerprints. */
  readonly sources: (path: string) => string | undefined;
}

/**
 * Masks all secrets in the result of a scan, so that reports and baselines may show the result. Positions stay the same.
 */
export function maskedScan(result: ScanResult, sources: (path: string) => string | undefined): MaskedScan {
  const all: Finding[] = [...result.findings, ...result.suppressed.map(({ finding }) => finding)];
  return {
    result: {
      ...result,
      findings: result.findings.map(maskFinding),
      suppressed: result.suppressed.map(({ finding, by, reason }) => ({
        finding: maskFinding(finding),
        by,
        reason: maskText(reason),
      })),
      notices: result.notices.map((notice) => ({ ...notice, message: maskText(notice.message) })),
    },
    sources: secretMask(sources, all).sources,
  };
}

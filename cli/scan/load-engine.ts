import { rulePage } from './rule/rule-page.ts';
import type { ScanEngine } from './scan-result.ts';

/** The scanner with its parsers and models, which are loaded only once something is scanned. */
export async function loadEngine(): Promise<ScanEngine> {
  const { ruleInfos, scan } = await import('./scan.ts');
  return { rules: ruleInfos(rulePage), scan };
}

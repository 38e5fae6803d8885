import { setFlagsFromString } from 'node:v8';
import { rulePage } from './rule/rule-page.ts';
import type { ScanEngine } from './scan-result.ts';

/** The scanner with its parsers and models, which are loaded only once something is scanned. */
export async function loadEngine(): Promise<ScanEngine> {
  // A scan runs much code for some seconds: by V8's default a third of the time goes into compiling what
  // is soon done. What runs really often is still compiled. Measured by bench/scan.
  setFlagsFromString('--interrupt-budget=1000000');
  const { ruleInfos, scan } = await import('./scan.ts');
  return { rules: ruleInfos(rulePage), scan };
}

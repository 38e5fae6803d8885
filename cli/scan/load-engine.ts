import { setFlagsFromString } from 'node:v8';
import type { PartCache } from './part/part-cache.ts';
import { rulePage } from './rule/rule-page.ts';
import type { ScanEngine } from './scan-result.ts';

/** How an engine is used. */
export interface EngineUse {
  /** Keeps results from one run to the next. */
  readonly cache?: PartCache | undefined;
  /** Scans again whenever a file changes: what was read of the others is kept. */
  readonly isLive?: boolean;
}

/** The scanner with its parsers and models, which are loaded only once something is scanned. */
export async function loadEngine({ cache, isLive }: EngineUse = {}): Promise<ScanEngine> {
  // A scan runs much code for some seconds: by V8's default a third of the time goes into compiling what
  // is soon done. What runs really often is still compiled. Measured by bench/scan.
  setFlagsFromString('--interrupt-budget=1000000');
  const [{ createScan, ruleInfos }, { ModuleMemory }] = await Promise.all([
    import('./scan.ts'),
    import('./read-modules.ts'),
  ]);
  const modules = isLive ? new ModuleMemory() : undefined;
  return { rules: ruleInfos(rulePage), scan: createScan({ cache, modules }) };
}

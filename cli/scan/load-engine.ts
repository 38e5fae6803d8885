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

/**
 * When V8 compiles a function for speed, and how much of others into it. A scan runs much code for some seconds: by the
 * defaults a third of its time goes into compiling what is soon done. What runs really often still is compiled. Measured by
 * bench/scan.
 */
const forOneScan = { budget: 600_000, inlined: 0 };
const forManyScans = { budget: 200_000, inlined: 200 };

/** The scanner with its parsers and models, which are loaded only once something is scanned. */
export async function loadEngine({ cache, isLive }: EngineUse = {}): Promise<ScanEngine> {
  const { budget, inlined } = isLive ? forManyScans : forOneScan;
  setFlagsFromString(`--interrupt-budget=${budget}`);
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlined}`);
  const [{ createScan, ruleInfos }, { ModuleMemory }] = await Promise.all([
    import('./scan.ts'),
    import('./read-modules.ts'),
  ]);
  const modules = isLive ? new ModuleMemory() : undefined;
  return { rules: ruleInfos(rulePage), scan: createScan({ cache, modules }) };
}

import { setFlagsFromString } from 'node:v8';
import { MemoryCache } from './incremental/memory-cache.ts';
import type { PartCache } from './incremental/part-cache.ts';
import { rulePage } from './rules/kit/rule-page.ts';
import type { ScanEngine } from './scan-engine.ts';

/** How an engine is used. */
export interface EngineUse {
  /** Keeps what was found and read for the next scan. */
  readonly cache?: PartCache | undefined;
  /** Scans again whenever a file changes: without another cache it keeps what the last scan has used. */
  readonly isLive?: boolean;
}

/**
 * When V8 compiles a function for speed, and how much of others into it. A scan runs much code for some seconds: by the
 * defaults a third of its time goes into compiling what is soon done. What runs really often still is compiled. Measured by
 * bench/scan, on Node 20 (V8 11).
 */
const forOneScan = { budget: 600_000, inlined: 0 };
const forManyScans = { budget: 200_000, inlined: 200 };

/**
 * How much the heap may grow, in percent of what lives, before it is cleared. By default V8 lets it grow to four times of that while
 * there is memory. A million lines in many packages take 1.1 GB so, and not 1.4; with 100 it would be 0.7, and 5 % more time for
 * a large package.
 */
const heapGrowth = 200;

/** The scanner with its parsers and models, which are loaded only once something is scanned. */
export async function loadEngine({ cache, isLive }: EngineUse = {}): Promise<ScanEngine> {
  // Others call their flags otherwise, and print an error for one that they do not know.
  if (process.versions.v8.startsWith('11.')) setFlags(isLive ? forManyScans : forOneScan);
  const { createScan, ruleInfos } = await import('./scan.ts');
  return { rules: ruleInfos(rulePage), scan: createScan(cache ?? (isLive ? new MemoryCache() : undefined)) };
}

function setFlags({ budget, inlined }: typeof forOneScan): void {
  setFlagsFromString(`--interrupt-budget=${budget}`);
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlined}`);
  setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
}

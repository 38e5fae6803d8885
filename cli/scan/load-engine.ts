import { setFlagsFromString } from 'node:v8';
import { MemoryCache } from './incremental/memory-cache.ts';
import type { PartCache } from './incremental/part-cache.ts';
import { rulePage } from './rules/kit/rule-page.ts';
import type { ScanEngine } from './scan-engine.ts';

/** How the scanner will be used. */
export interface EngineUse {
  /** Keeps results and parsed files for the next scan. */
  readonly cache?: PartCache | undefined;
  /** Whether changing files are scanned repeatedly. Without a cache, the results of the last scan are then kept in memory. */
  readonly isLive?: boolean;
}

/**
 * When V8 optimises a function, and how much it inlines. A scan runs much code for a few seconds: with the defaults, a
 * third of that time goes into compiling code that is soon done. Very hot code is still optimised. Measured by
 * bench/scan, on Node 20 (V8 11).
 */
const forOneScan = { budget: 600_000, inlined: 0 };
const forManyScans = { budget: 200_000, inlined: 200 };

/**
 * Growth of the heap, in percent of live data, before a garbage collection. By default V8 lets it grow to four times
 * that. With 200, a million lines in many packages take 1.1 GB instead of 1.4; with 100 they would take 0.7, and a large
 * package 5 % more time.
 */
const heapGrowth = 200;

/** Loads the scanner. Parsers and models are loaded later, when a file of their language is scanned. */
export async function loadEngine({ cache, isLive }: EngineUse = {}): Promise<ScanEngine> {
  // Other versions have other flags, and print an error for an unknown one.
  if (process.versions.v8.startsWith('11.')) setFlags(isLive ? forManyScans : forOneScan);
  const { createScan, ruleInfos } = await import('./scan.ts');
  return { rules: ruleInfos(rulePage), scan: createScan(cache ?? (isLive ? new MemoryCache() : undefined)) };
}

function setFlags({ budget, inlined }: typeof forOneScan): void {
  setFlagsFromString(`--interrupt-budget=${budget}`);
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlined}`);
  setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
}

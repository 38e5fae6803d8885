import { dirname } from 'node:path';

/** At most so many source files a folder; one with more holds concepts that want folders of their own. */
export const mostFiles = 40;

const isSource = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
const isTest = /\.(test|test-d)\.tsx?$/;

/** How many source files each folder holds, without tests and without those of the folders in it. */
export function sourceCounts(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) {
    if (!isSource.test(file) || isTest.test(file)) continue;
    const folder = dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return counts;
}

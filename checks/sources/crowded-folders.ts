import { dirname } from 'node:path';

/** At most so many source files a folder; one with more holds concepts that want folders of their own. */
export const mostFiles = 40;

/**
 * Folders that were over the limit when it was first checked, with the number of files that they had then. None may grow.
 * Remove the line of a folder that no longer exceeds the limit. Add none.
 */
export const crowdedFolders: Readonly<Record<string, number>> = {
  'cli/scan/link': 63,
  'cli/scan/model/data/javascript': 111,
  'cli/scan/model/data/python': 69,
  'cli/scan/rule': 74,
  'cli/scan/sites': 61,
  'cli/scan/taint': 254,
};

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

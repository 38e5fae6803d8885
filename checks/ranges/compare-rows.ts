import type { RangeRow } from './range-row.ts';

/** Every block that only one side has, and every one that they describe differently, one a line. */
export function compareRows(ours: readonly RangeRow[], theirs: readonly RangeRow[]): string[] {
  const [here, there] = [byBlock(ours), byBlock(theirs)];
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((block) => {
    const [a, b] = [here.get(block), there.get(block)];
    if (a === b) return [];
    if (a === undefined) return [`+ ${block} ${b}`];
    return b === undefined ? [`- ${block} ${a}`] : [`~ ${block} ${a} -> ${b}`];
  });
}

function byBlock(rows: readonly RangeRow[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { block, name, source, reachable } of rows) {
    if (found.has(block)) throw new Error(`${block} stands twice.`);
    found.set(block, `${name}, ${source}, ${reachable}`);
  }
  return found;
}

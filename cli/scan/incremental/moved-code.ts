import type { Module } from '../ir/ir.ts';

/** Where the code of a file stands that is as it was, and only stands elsewhere: offsets before, and after. */
export interface MovedCode {
  readonly before: Module;
  readonly after: Module;
  readonly starts: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, number>;
}

/**
 * Compares what two texts of a file mean. A comment, a line break, another indentation make no difference: then it says where
 * everything went. Undefined where the code is another.
 */
export function movedCode(before: Module, after: Module): MovedCode | undefined {
  const starts = new Map<number, number>([[0, 0]]);
  const ends = new Map<number, number>();
  const { comments: _, lines: __, ...code } = before;
  return isSame(code, after, { at: starts, end: ends }, 0) ? { before, after, starts, ends } : undefined;
}

/** What the front ends make is plain data, and not deep. */
const maxDepth = 60;

function isSame(
  one: unknown,
  other: unknown,
  offsets: Readonly<Record<'at' | 'end', Map<number, number>>>,
  depth: number,
): boolean {
  if (typeof one !== 'object' || one === null) return Object.is(one, other);
  if (typeof other !== 'object' || other === null || depth > maxDepth) return false;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (!isSame(one[i], other[i], offsets, depth + 1)) return false;
    return true;
  }
  const entries = other as Readonly<Record<string, unknown>>;
  const isModule = depth === 0;
  let count = 0;
  for (const [name, value] of Object.entries(one)) {
    // What was kept as JSON does not have it.
    if (value !== undefined) count++;
    const now = entries[name];
    if ((name === 'at' || name === 'end') && typeof value === 'number' && typeof now === 'number') {
      const known = offsets[name].get(value);
      if (known !== undefined && known !== now) return false;
      offsets[name].set(value, now);
    } else if (!isSame(value, now, offsets, depth + 1)) return false;
  }
  return isModule || count === Object.values(entries).filter((value) => value !== undefined).length;
}

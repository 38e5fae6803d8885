import type { Module } from '../ir/ir.ts';

/** The old and new offsets of unchanged code in an edited file. */
export interface MovedCode {
  readonly before: Module;
  readonly after: Module;
  readonly starts: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, number>;
}

/**
 * Compares the code of two versions of a file. If they differ only in comments, line breaks or indentation, returns a map
 * from old offsets to new ones. Undefined if the code has changed.
 */
export function movedCode(before: Module, after: Module): MovedCode | undefined {
  const starts = new Map<number, number>([[0, 0]]);
  const ends = new Map<number, number>();
  const { comments: _, lines: __, ...code } = before;
  return isSame(code, after, { at: starts, end: ends }, 0) ? { before, after, starts, ends } : undefined;
}

/** Modules are plain data, and not deep. */
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
    // JSON drops undefined values.
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

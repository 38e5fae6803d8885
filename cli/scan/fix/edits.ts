import type { Edit } from './fix.ts';

/** The text after the edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { at, end, text: inserted } of inOrder(edits)) {
    result += text.slice(from, at) + inserted;
    from = end;
  }
  return result + text.slice(from);
}

/** Sorts edits by their place and removes duplicates: two fixes may need the same import. */
function inOrder(edits: readonly Edit[]): Edit[] {
  const sorted = [...edits].sort((a, b) => a.at - b.at || a.end - b.end);
  return sorted.filter((edit, i) => !sorted.slice(0, i).some((other) => isSame(edit, other)));
}

/**
 * Whether two edits cannot both be made, because their ranges overlap. False for equal edits, and for insertions at the
 * same place, which are made in order.
 */
export function doOverlap(one: Edit, other: Edit): boolean {
  if (isSame(one, other)) return false;
  if (one.at === one.end && other.at === other.end) return false;
  return one.at < other.end && other.at < one.end;
}

/**
 * Converts an offset in the old text to the offset in the new text. An offset inside a replaced range becomes the start
 * of the replacement.
 */
export function movedOffset(offset: number, edits: readonly Edit[]): number {
  let moved = 0;
  for (const { at, end, text } of inOrder(edits)) {
    if (end <= offset) moved += text.length - (end - at);
    else if (at < offset) return at + moved;
  }
  return offset + moved;
}

function isSame(one: Edit, other: Edit): boolean {
  return one.at === other.at && one.end === other.end && one.text === other.text;
}

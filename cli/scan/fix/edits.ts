import type { Edit } from './fix.ts';

/** The text with the edits made, which don't overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { at, end, text: inserted } of inOrder(edits)) {
    result += text.slice(from, at) + inserted;
    from = end;
  }
  return result + text.slice(from);
}

/** Edits in the order of the text, each of them once: two fixes may want the same import. */
function inOrder(edits: readonly Edit[]): Edit[] {
  const sorted = [...edits].sort((a, b) => a.at - b.at || a.end - b.end);
  return sorted.filter((edit, i) => !sorted.slice(0, i).some((other) => isSame(edit, other)));
}

/** True if both cannot be made. What is inserted at the same place stands one after the other. */
export function doOverlap(one: Edit, other: Edit): boolean {
  if (isSame(one, other)) return false;
  if (one.at === one.end && other.at === other.end) return false;
  return one.at < other.end && other.at < one.end;
}

/** Where an offset of the old text is in the new one; inside of what was replaced, its beginning. */
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

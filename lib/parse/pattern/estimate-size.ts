/**
 * About how many instructions a pattern compiles to: its characters, with each counted repetition multiplied out. Linear in the pattern.
 * `(abc){1000}` is short but compiles to thousands, and a check after compiling would come too late.
 */
export function estimateSize(pattern: string): number {
  const groups: number[] = [];
  let size = 0;
  let last = 0;
  for (const [unit, least, most] of pattern.matchAll(units)) {
    if (least !== undefined) {
      const times = Math.max(Number(least), Number(most ?? 0), 1);
      size += last * (times - 1);
      last *= times;
    } else if (unit === '(') {
      groups.push(size);
      size = 0;
      last = 0;
    } else if (unit === ')' && groups.length > 0) {
      last = size;
      size += groups.pop() ?? 0;
    } else {
      last = 1;
      size += 1;
    }
  }
  return groups.reduce((total, one) => total + one, size);
}

/** A counted repetition, an escape, a class, or one character. */
const units =
  /\{(\d{1,9})(?:,(\d{0,9}))?\}|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\\$|\[:\w+:\]|[^\]\\])*(?:\]|$)|[\s\S]/g;

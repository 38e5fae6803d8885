export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** Where an offset is. Lines end with LF, CR, or both. */
export function positionAt(text: string, offset: number): Position {
  let [line, start] = [1, 0];
  for (let i = 0; i < offset; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== 10 && unit !== 13) continue;
    if (unit === 13 && text.charCodeAt(i + 1) === 10) continue;
    line++;
    start = i + 1;
  }
  return { line, column: offset - start + 1 };
}

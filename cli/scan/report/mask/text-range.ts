/** Part of a text, in UTF-16 units; the end is exclusive. */
export interface TextRange {
  readonly at: number;
  readonly end: number;
}

export type TokenKind =
  | 'word'
  | 'number'
  | 'literal'
  | 'name'
  | 'comment'
  | 'placeholder'
  | 'separator'
  | 'operator'
  | 'hole'
  | 'unknown';

/** How a literal or a name is quoted, and how a comment is written. */
export type TokenStyle =
  /** `'...'`, also behind a prefix that changes nothing about its end. */
  | 'single'
  /** PostgreSQL's `E'...'`, and what continues one behind a line break. */
  | 'escape'
  /** `"..."`, a name or a literal. */
  | 'double'
  | 'backtick'
  | 'bracket'
  | 'dollar'
  | 'line'
  | 'block'
  /**
   * MySQL's comment that opens with `/*!`. Its opener and its closer are each a token, since what stands between them is run, or not,
   * depending on the server's version. An opener that nothing closes is not `closed`.
   */
  | 'executable'
  /** MySQL's comment that opens with `/*+`, which MariaDB reads as a comment. */
  | 'hint';

/** A piece of SQL text. White space makes no token. */
export interface Token {
  readonly kind: TokenKind;
  readonly style: TokenStyle | undefined;
  /** Offsets in UTF-16 units; `end` is the first one behind it. */
  readonly start: number;
  readonly end: number;
  /** False for a literal, a name or a comment that runs to the end of the text. */
  readonly closed: boolean;
}

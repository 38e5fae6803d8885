/** The contents of a part's headers. */
export interface PartHead {
  /** The form's field. */
  readonly field: string;
  /** Undefined for a text field. Empty for a file input where nothing was chosen. */
  readonly fileName: string | undefined;
  /** A text whose encoding is UTF-8 only if all of it is ASCII. */
  readonly isAscii?: boolean;
}

/** An invalid part, and the reason. */
export interface BadPart {
  readonly bad: string;
}

/** What a part's headers say. */
export interface PartHead {
  /** The form's field. */
  readonly field: string;
  /** Undefined for a text field. Empty for a file input where nothing was chosen. */
  readonly fileName: string | undefined;
  /** A text whose encoding is UTF-8 only as long as all of it is ASCII. */
  readonly isAscii?: boolean;
}

/** A part that is no valid part, and why. */
export interface BadPart {
  readonly bad: string;
}

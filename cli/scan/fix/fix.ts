import type { Finding } from '../../finding/finding.ts';

/** A range of a text that another text takes the place of; offsets are UTF-16 units. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** Edits of one file that belong together: all are made, or none. */
export interface Fix {
  /** What it does, in the imperative: `Hand the values over as parameters`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /**
   * Why it is only suggested, as a sentence: what the code does not tell, and somebody has to know. Without it the fix is
   * certain: what the program does for legitimate input stays the same.
   */
  readonly unsure?: string;
}

/** Why nothing is changed, as a sentence. */
export interface Left {
  readonly reason: string;
}

export type Proposal = Fix | Left;

export function isFix(proposal: Proposal): proposal is Fix {
  return 'edits' in proposal;
}

export function left(reason: string): Left {
  return { reason };
}

/** A finding of which a file's fixer is asked, and where in the text it is. */
export interface Found {
  readonly finding: Finding;
  readonly at: number;
  readonly end: number;
  /** `pg.Query`: what the data reaches. Empty where no data flows. */
  readonly sink: string;
  /** Offsets of the steps of the way that stand in this file. */
  readonly steps: readonly { readonly at: number; readonly end: number }[];
  /** The text of another file of the project. */
  readonly sources: (path: string) => string | undefined;
  /** Whether code that runs in browsers may read or write the cookie of this name; true where nobody knows. */
  readonly isCookieRead: (name: string) => boolean;
}

/** Knows how to fix findings of some rules in files of one language. */
export interface Fixer<File> {
  readonly rules: readonly string[];
  /** Proposes edits of the file that the finding stands in, or says why not. */
  readonly propose: (found: Found, file: File) => Proposal;
}

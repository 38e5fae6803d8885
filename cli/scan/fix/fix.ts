import type { Finding } from '../../finding/finding.ts';

/** A replacement of a text range. Offsets are UTF-16 units. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** Edits of one file that belong together. All are made, or none. */
export interface Fix {
  /** What it does, in the imperative: `Hand the values over as parameters`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /**
   * Why the fix is only suggested, as a sentence that says what a person must check. If absent, the fix certainly keeps
   * the behaviour for legitimate input.
   */
  readonly unsure?: string;
}

/** Why a finding isn't fixed, as a sentence. */
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

/** A finding that a fixer handles, with its range in the text. */
export interface Found {
  readonly finding: Finding;
  readonly at: number;
  readonly end: number;
  /** The modelled name of the sink, such as `pg.Query`. Empty for a finding without a data flow. */
  readonly sink: string;
  /** The ranges of the steps of the finding's data flow in this file, without the sink. */
  readonly steps: readonly { readonly at: number; readonly end: number }[];
  /** The text of another file of the project. */
  readonly sources: (path: string) => string | undefined;
  /** Whether browser code may read or write the cookie of this name. True if unknown. */
  readonly isCookieRead: (name: string) => boolean;
}

/** Fixes findings of some rules in files of one language. */
export interface Fixer<File> {
  readonly rules: readonly string[];
  /** Proposes edits of the file with the finding, or says why not. */
  readonly propose: (found: Found, file: File) => Proposal;
}

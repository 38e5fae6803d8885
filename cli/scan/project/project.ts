import type { Notice } from '../../finding/report.ts';
import type { LanguageId } from '../languages/language-id.ts';

/** The scanned files: of a folder, or of a commit. */
export interface Project {
  /** Sorted by path. */
  readonly files: readonly SourceFile[];
  /** Settings files, sorted by path. They are searched for secrets, and contain no code. */
  readonly settings: readonly TextFile[];
  /** What was left out, and why. */
  readonly notices: readonly Notice[];
  /**
   * Returns the text of another file, such as `package.json`. The path is relative to the root. Undefined if the file
   * does not exist or is too large.
   */
  readonly read: (path: string) => string | undefined;
}

export interface TextFile {
  /** Relative to the root of the scan, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface SourceFile extends TextFile {
  readonly language: LanguageId;
}

/**
 * Returns a function that looks up the text of a scanned file or settings file by its path. The function returns undefined
 * for any other file, which can't have findings.
 */
export function sourcesOf({ files, settings }: Project): (path: string) => string | undefined {
  const texts = new Map([...settings, ...files].map(({ path, text }) => [path, text]));
  return (path) => texts.get(path);
}

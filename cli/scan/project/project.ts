import type { Notice } from '../../finding/report.ts';
import type { LanguageId } from '../languages/language-id.ts';

/** What is scanned: the files of a folder, or those of a commit. */
export interface Project {
  /** In the order of their paths. */
  readonly files: readonly SourceFile[];
  /** Files of settings, in the order of their paths: they are searched for secrets, and hold no code. */
  readonly settings: readonly TextFile[];
  /** What was left out, and why. */
  readonly notices: readonly Notice[];
  /** The text of another file, such as `package.json`: relative to the root, inside of it, not huge. */
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

/** The text of each file that findings can be in. */
export function sourcesOf({ files, settings }: Project): (path: string) => string | undefined {
  const texts = new Map([...settings, ...files].map(({ path, text }) => [path, text]));
  return (path) => texts.get(path);
}

import type { Notice } from '../../finding/report.ts';
import type { Language } from '../ir/ir.ts';

/** What is scanned: the files of a folder, or those of a commit. */
export interface Project {
  /** In the order of their paths. */
  readonly files: readonly SourceFile[];
  /** What was left out, and why. */
  readonly notices: readonly Notice[];
  /** The text of another file, such as `package.json`: relative to the root, inside of it, not huge. */
  readonly read: (path: string) => string | undefined;
}

export interface SourceFile {
  /** Relative to the root of the scan, with `/`. */
  readonly path: string;
  readonly language: Language;
  readonly text: string;
}

import type { Node } from 'oxc-parser';
import type { Edit } from '../scan/fix/fix.ts';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import type { LibraryUse } from './library-use.ts';

/** Moves code from one library to Bulwark, where a machine can. */
export interface Codemod {
  /** The package that is replaced: `helmet`. */
  readonly library: string;
  /** What `--help` says. */
  readonly summary: string;
  /** The page that says the rest. */
  readonly page: string;
  /** Other words that make a file worth reading, if the library's name need not stand in it. */
  readonly alsoIn?: readonly string[];
  /** Whether the result needs `bulwark()` somewhere in the application. */
  readonly needsBulwark?: boolean;
  /** @param use how the file brings the library in; undefined in files of `alsoIn` */
  rewrite(file: JavascriptFile, use: LibraryUse | undefined): Rewrite;
}

export interface Rewrite {
  readonly edits: readonly Edit[];
  /** Names to import, by module. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** What stays as it is, and why. */
  readonly left: readonly Remark[];
  /** What changes for users of the application. */
  readonly notes: readonly Remark[];
}

export interface Remark {
  readonly node: Node;
  readonly text: string;
}

/** Collects what a codemod does to a file. */
export class RewriteNotes {
  readonly edits: Edit[] = [];
  readonly imports: Map<string, string[]> = new Map();
  readonly left: Remark[] = [];
  readonly notes: Remark[] = [];

  replace(node: { readonly start: number; readonly end: number }, text: string): void {
    this.edits.push({ at: node.start, end: node.end, text });
  }

  import(module: string, ...names: readonly string[]): void {
    const known = this.imports.get(module) ?? [];
    this.imports.set(module, [...new Set([...known, ...names])]);
  }

  leave(node: Node, text: string): void {
    this.left.push({ node, text });
  }

  note(node: Node, text: string): void {
    this.notes.push({ node, text });
  }
}

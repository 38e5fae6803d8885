import { type IgnoreRules, ignoreRules } from './ignore-rules.ts';
import { fileKind, folderKind, languageIdOf } from './path-kind.ts';
import { settingsFormat } from './settings-format.ts';
import type { SkipReason } from './skip.ts';

/** What the configuration says of paths; patterns are those of `.gitignore`, from the root. */
export interface PathRules {
  /** Without any, everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly tests: 'skip' | 'scan';
}

/** Judges paths by their names alone, the same on a disk and in a commit. */
export interface PathJudge {
  /** Why nothing in the folder is scanned; `other` for one that needs no word. */
  folder(path: string): SkipReason | 'other' | undefined;
  /** Why a file is not scanned; `other` for those of no language of ours that are no settings. Its folders are judged apart. */
  file(path: string): SkipReason | 'other' | undefined;
}

export function pathJudge({ include, exclude, tests }: PathRules): PathJudge {
  const included = include.length === 0 ? undefined : ignoreRules(include.join('\n'));
  const excluded = ignoreRules(exclude.join('\n'));
  return {
    folder(path) {
      const kind = folderKind(nameOf(path));
      if (kind !== undefined && !(kind === 'tests' && tests === 'scan')) return kind;
      return excluded.test(`${path}/`) === true ? 'excluded' : undefined;
    },
    file(path) {
      const name = nameOf(path);
      if (languageIdOf(name) === undefined && settingsFormat(path) === undefined) return 'other';
      const kind = fileKind(name);
      if (kind !== undefined && !(kind === 'tests' && tests === 'scan')) return kind;
      return isLeftOut(path, included, excluded) ? 'excluded' : undefined;
    },
  };
}

function isLeftOut(path: string, included: IgnoreRules | undefined, excluded: IgnoreRules): boolean {
  return excluded.test(path) === true || (included !== undefined && included.test(path) !== true);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

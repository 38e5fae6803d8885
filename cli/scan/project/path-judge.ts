import { type IgnoreRules, ignoreRules } from './ignore-rules.ts';
import { fileKind, folderKind, languageIdOf } from './path-kind.ts';
import { settingsFormat } from './settings-format.ts';
import type { SkipReason } from './skip.ts';

/** The paths that the configuration includes and excludes, as patterns like those of `.gitignore`, relative to the root. */
export interface PathRules {
  /** Empty for everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly tests: 'skip' | 'scan';
}

/** Decides by a path alone whether it is scanned, so that files on disk and in commits are treated alike. */
export interface PathJudge {
  /** Why a folder is not scanned. `undefined` if it is scanned, `other` if it is skipped without a notice. */
  folder(path: string): SkipReason | 'other' | undefined;
  /**
   * Why a file is not scanned; `other` if it is neither in a supported language nor a settings file. Does not consider the
   * folders that contain it.
   */
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

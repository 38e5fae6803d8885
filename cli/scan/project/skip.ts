import { compareText } from '../../finding/finding-order.ts';
import type { Notice } from '../../finding/report.ts';

export type SkipReason =
  | 'dependencies'
  | 'vendored'
  | 'ignored'
  | 'excluded'
  | 'tests'
  | 'minified'
  | 'generated'
  | 'binary'
  | 'huge'
  | 'link'
  | 'unreadable'
  | 'language'
  | 'deep'
  | 'many';

/** Counts what was left out. A folder counts once, as its content is not listed. */
export interface Skips {
  add(reason: SkipReason, path: string): void;
  notices(): Notice[];
}

export function createSkips(): Skips {
  const skipped = new Map<SkipReason, string[]>();
  return {
    add(reason, path) {
      const paths = skipped.get(reason);
      if (paths) paths.push(path);
      else skipped.set(reason, [path]);
    },
    notices: () =>
      [...skipped]
        .sort(([a], [b]) => compareText(a, b))
        .map(([reason, paths]) => ({
          code: `scan/skipped-${reason}`,
          level: losing.has(reason) ? 'warning' : 'note',
          message: `Skipped ${paths.length} ${paths.length === 1 ? 'path' : 'paths'} (${what[reason]}): ${examples(paths)}`,
        })),
  };
}

/** Reasons for which a user would not expect files to be missing. */
const losing: ReadonlySet<SkipReason> = new Set(['unreadable', 'deep', 'many', 'huge']);

const what: Readonly<Record<SkipReason, string>> = {
  dependencies: 'installed packages',
  vendored: 'vendored code',
  ignored: 'ignored by git',
  excluded: 'excluded by the configuration',
  tests: 'tests; set `tests: scan` or name the paths to scan them',
  minified: 'minified',
  generated: 'generated',
  binary: 'binary',
  huge: 'larger than 2 MB',
  link: 'symbolic links',
  unreadable: 'not readable',
  language: 'unsupported language',
  deep: 'more than 100 folders deep',
  many: 'beyond the first 200,000 files or 500 MB',
};

function examples(paths: readonly string[]): string {
  const first = [...paths].sort(compareText).slice(0, 3);
  return `${first.join(', ')}${paths.length > first.length ? ', ...' : ''}`;
}

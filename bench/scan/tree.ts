import { cpSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { discover } from '../../cli/scan/project/discover.ts';
import { findRoot } from '../../cli/scan/project/find-root.ts';

export type Language = 'javascript' | 'python';

/** One project's own sources in one language. */
export interface Package {
  readonly name: string;
  readonly language: Language;
  readonly folder: string;
  /** Paths below the folder. */
  readonly files: readonly string[];
  readonly lines: number;
}

/** A folder that all tools read alike, with nothing in it that only some would leave out. */
export interface Tree {
  readonly folder: string;
  readonly language: Language;
  readonly files: readonly string[];
  readonly lines: number;
  remove(): void;
}

/** The sources of a folder in the language that most of its lines are in; `undefined` without any. Tests count. */
export function readPackage(given: string): Package | undefined {
  const folder = realpathSync(resolve(given));
  const asked = findRoot(folder, ['.']);
  const { files } = discover(asked, { include: [], exclude: [], tests: 'scan' });
  const found = (['javascript', 'python'] as const).map((language) => {
    const own = files.filter((file) => file.language === language);
    return {
      ...{ name: basename(folder), language, folder },
      files: own.map(({ path }) => relative(folder, join(asked.root, path))),
      lines: own.reduce((sum, { text }) => sum + linesOf(text), 0),
    };
  });
  const [most] = found.filter(({ files }) => files.length > 0).sort((a, b) => b.lines - a.lines);
  return most;
}

/** The packages so many times over, each time below a folder of its own, with what says how imports are resolved. */
export function makeTree(packages: readonly Package[], copies: number): Tree {
  const [first] = packages;
  if (!first) throw new Error('A tree is made of at least one package.');
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-scan-')));
  const files: string[] = [];
  for (let copy = 0; copy < copies; copy++) {
    for (const one of packages) {
      const part = join(`part-${copy}`, one.name);
      const kept = new Set(one.files.map((file) => join(one.folder, file)));
      const filter = (path: string): boolean =>
        kept.has(path) || basename(path) === 'package.json' || statSync(path).isDirectory();
      cpSync(one.folder, join(folder, part), { recursive: true, filter });
      files.push(...one.files.map((file) => join(part, file)));
    }
  }
  const lines = copies * totalLines(packages);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  return { folder, language: first.language, files, lines, remove };
}

/** The smallest packages: so many, at least one, that their lines together come nearest to `lines`. */
export function smallestOf(packages: readonly Package[], lines: number): readonly Package[] {
  const sorted = [...packages].sort((a, b) => a.lines - b.lines);
  const away = (chosen: readonly Package[]): number => Math.abs(totalLines(chosen) - lines);
  let best = sorted.slice(0, 1);
  for (let count = 2; count <= sorted.length; count++) {
    const chosen = sorted.slice(0, count);
    if (away(chosen) < away(best)) best = chosen;
  }
  return best;
}

export function totalLines(packages: readonly Package[]): number {
  return packages.reduce((sum, { lines }) => sum + lines, 0);
}

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

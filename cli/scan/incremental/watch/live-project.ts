import { statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type ConfigOptions, runConfig } from '../../config/run-config.ts';
import type { ScanConfig } from '../../config/scan-config.ts';
import { discover } from '../../project/discover.ts';
import { type Asked, findRoot } from '../../project/find-root.ts';
import { type PathJudge, pathJudge } from '../../project/path-judge.ts';
import { languageIdOf } from '../../project/path-kind.ts';
import type { Project, SourceFile, TextFile } from '../../project/project.ts';
import { isInside, readInside, readText } from '../../project/read-inside.ts';
import { settingsFormat } from '../../project/settings-format.ts';
import { textKind } from '../../project/text-kind.ts';
import { type FoundFolders, foldersBelow } from './project-folders.ts';

/** A project in memory, which is updated after changes on disk. */
export interface LiveProject {
  readonly root: string;
  readonly config: ScanConfig;
  readonly project: Project;
  /** The folders whose changes matter. Replaced by another object when they may have changed. */
  readonly folders: FoundFolders;
  /**
   * Reads changed files again. After a change to files that decide what is scanned, or if files are new, lists the whole project
   * again.
   *
   * @param paths absolute
   * @returns whether more than the texts of files has changed, such as the configuration
   * @throws {ScanMistake} for an invalid configuration; the previous one stays in use
   */
  apply(paths: Iterable<string>): Promise<boolean>;
}

export interface LiveProjectOptions {
  readonly cwd: string;
  readonly options: ConfigOptions;
  readonly load?: (file: string | undefined) => Promise<ScanConfig>;
  /** Called if the configuration is invalid from the start. The defaults are used until it is valid. */
  readonly onMistake?: (problem: unknown) => void;
}

/**
 * Opens a project.
 * @throws {ScanMistake} for an invalid path. Also for an invalid configuration, unless `onMistake` is given
 */
export async function openLiveProject(opened: LiveProjectOptions): Promise<LiveProject> {
  const { cwd, options, load } = opened;
  const asked = findRoot(cwd, options.paths);
  const { root } = asked;
  const read = (): Promise<ScanConfig> => runConfig(options, cwd, load);
  let config = await read().catch((problem: unknown) => {
    if (!opened.onMistake) throw problem;
    opened.onMistake(problem);
    return runConfig({ ...options, config: false }, cwd);
  });
  let project = discover(asked, config);
  let folders = foldersOf();

  function foldersOf(): FoundFolders {
    return foldersBelow(asked, config, namedFiles(config, options, cwd));
  }

  function lookAgain(): void {
    project = discover(asked, config);
    folders = foldersOf();
  }

  return {
    root,
    get config() {
      return config;
    },
    get project() {
      return project;
    },
    get folders() {
      return folders;
    },
    async apply(paths) {
      const known = new Map(project.files.map((file) => [file.path, file]));
      const judged = { asked, known, judge: pathJudge(config), named: namedFiles(config, options, cwd) };
      const effects = [...new Set(paths)].map((path) => effectOf(path, judged));
      const isSettings = effects.includes('settings');
      try {
        if (isSettings) config = await read();
      } finally {
        // A manifest is also a settings file.
        if (isSettings || effects.includes('files') || effects.includes('imports')) lookAgain();
        else project = withTexts(project, readAgain(effects));
      }
      return isSettings || effects.includes('imports');
    },
  };
}

/** The project with some texts replaced. Paths that are not in the project are ignored. */
export function withTexts(project: Project, texts: ReadonlyMap<string, string>): Project {
  if (texts.size === 0) return project;
  return {
    files: project.files.map((file) => withText(file, texts)),
    settings: project.settings.map((file) => withText(file, texts)),
    notices: project.notices,
    read: (path) => texts.get(path) ?? project.read(path),
  };
}

function withText<File extends TextFile>(file: File, texts: ReadonlyMap<string, string>): File {
  const text = texts.get(file.path);
  return text === undefined || text === file.text ? file : { ...file, text };
}

/** Whether two projects have the same files with the same texts. */
export function hasSameFiles(a: Project, b: Project): boolean {
  return a === b || (hasSameTexts(a.files, b.files) && hasSameTexts(a.settings, b.settings));
}

function hasSameTexts(a: readonly TextFile[], b: readonly TextFile[]): boolean {
  return (
    a.length === b.length &&
    a.every((file, index) => {
      const other = b[index];
      return file === other || (file.path === other?.path && file.text === other.text);
    })
  );
}

/** A file with its new text, or the effect of a change on the whole project. */
type Effect = SourceFile | 'settings' | 'files' | 'imports' | 'none';

interface Judged {
  readonly asked: Asked;
  readonly known: ReadonlyMap<string, SourceFile>;
  readonly judge: PathJudge;
  readonly named: readonly string[];
}

function effectOf(path: string, { asked, known, judge, named }: Judged): Effect {
  const name = basename(path);
  if (named.includes(path) || /^bulwark\.config\.(?:json|yaml|yml|m?js)$/.test(name)) return 'settings';
  if (!isInside(asked.root, path)) return 'none';
  const inside = relative(asked.root, path).split(sep).join('/');
  const file = known.get(inside);
  if (file) return changeOf(path, file, asked.root);
  if (isLeftOut(path, asked, judge)) return 'none';
  if (name === '.gitignore') return 'files';
  if (/^(?:tsconfig(?:\.base)?|jsconfig|package)\.json$/.test(name)) return 'imports';
  if (languageIdOf(name) !== undefined || settingsFormat(inside) !== undefined)
    return judge.file(inside) === undefined ? 'files' : 'none';
  return isFolder(path) || [...known.keys()].some((one) => one.startsWith(`${inside}/`)) ? 'files' : 'none';
}

/** A file that was deleted, or is no longer scanned, may have a notice: the whole project is listed again. */
function changeOf(path: string, before: SourceFile, root: string): Effect {
  const read = readText(path);
  if (!('text' in read)) return 'files';
  const file = { ...before, text: read.text };
  if (textKind(file, (inside) => readInside(root, inside)) !== undefined) return 'files';
  return file.text === before.text ? 'none' : file;
}

/** Whether it is in a folder that is not scanned, such as `node_modules`. */
function isLeftOut(path: string, { root, paths }: Asked, judge: PathJudge): boolean {
  for (let folder = dirname(path); folder !== root && isInside(root, folder); folder = dirname(folder)) {
    if (paths.includes(folder)) return false;
    if (judge.folder(relative(root, folder).split(sep).join('/')) !== undefined) return true;
  }
  return false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readAgain(effects: readonly Effect[]): ReadonlyMap<string, string> {
  return new Map(
    effects.flatMap((effect) => (typeof effect === 'string' ? [] : [[effect.path, effect.text] as const])),
  );
}

/** Files that matter wherever they are. */
function namedFiles(config: ScanConfig, { config: file }: ConfigOptions, cwd: string): string[] {
  const given = typeof file === 'string' ? [resolve(cwd, file)] : [];
  return [...given, ...config.models, ...(config.baseline === undefined ? [] : [config.baseline])].map(
    (path) => join(path),
  );
}

import { join, relative, sep } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../finding/finding.ts';
import { fingerprints } from '../finding/fingerprint.ts';
import { loadConfig } from '../scan/config/find-config.ts';
import { defaultConfig } from '../scan/config/scan-config.ts';
import { watchFolders } from '../scan/incremental/watch/folder-watch.ts';
import { type JudgedScan, judgedScan } from '../scan/incremental/watch/judged-scan.ts';
import { type LiveEngine, ScanCancelled } from '../scan/incremental/watch/live-engine.ts';
import { hasSameFiles, openLiveProject, withTexts } from '../scan/incremental/watch/live-project.ts';
import { createTurns } from '../scan/incremental/watch/turns.ts';
import { isInside } from '../scan/project/read-inside.ts';

/** A folder that is open in the editor, scanned with what is typed in it. */
export interface Workspace {
  readonly folder: string;
  /** What the last scan has found; `undefined` before the first has ended. */
  readonly last: LastScan | undefined;
  /** The path of a file in reports; `undefined` for one outside of the folder. */
  pathOf(file: string): string | undefined;
  /** The file of such a path. */
  fileOf(path: string): string;
  /** Tells of files that may have changed on the disk. */
  changed(files: readonly string[]): void;
  /** Tells of documents that were opened, edited or closed. */
  edited(): void;
  /** What a scan finds where files have these texts instead. */
  rescan(texts: ReadonlyMap<string, string>): Promise<readonly Finding[]>;
  close(): Promise<void>;
}

export interface LastScan extends JudgedScan {
  readonly fingerprints: ReadonlyMap<Finding, string>;
  /** The documents that were open, with the version that was scanned. */
  readonly versions: ReadonlyMap<string, number>;
}

export interface WorkspaceOptions {
  /** Absolute and real. */
  readonly folder: string;
  readonly engine: LiveEngine;
  /** The open documents that lie in the folder, by their files. */
  readonly documents: () => ReadonlyMap<string, TextDocument>;
  /** Whether a configuration in JavaScript is run. */
  readonly allowConfigCode: boolean;
  readonly quietMs: number;
  readonly onScan: (workspace: Workspace) => void;
  readonly onProblem: (problem: unknown) => void;
}

/** @throws {ScanMistake} for a folder that is not there */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { folder, engine, onProblem } = options;
  const live = await openLiveProject({
    cwd: folder,
    options: { paths: [], only: [], skip: [] },
    onMistake: onProblem,
    load: async (file) => {
      if (options.allowConfigCode || file === undefined || !/\.m?js$/.test(file))
        return await loadConfig(file);
      onProblem(
        new Error(`${file} is code. It is executed only with --allow-config-code; the defaults apply.`),
      );
      return defaultConfig;
    },
  });
  const { root } = live;
  const files = new Set<string>();
  let followed = live.folders;
  let scanned = live.project;
  let last: LastScan | undefined;
  let isDue = true;

  const turns = createTurns(options.quietMs, async (signal) => {
    const paths = [...files];
    files.clear();
    try {
      if (await live.apply(paths)) isDue = true;
      if (followed !== live.folders) watch.follow(live.folders);
      followed = live.folders;
      const { unsaved, versions } = openTexts();
      const project = withTexts(live.project, unsaved);
      if (!isDue && last && hasSameFiles(scanned, project)) {
        last = { ...last, versions };
      } else {
        isDue = true;
        scanned = project;
        const scan = await scanOf(new Map(), signal);
        last = { ...scan, fingerprints: fingerprints(scan.findings, scan.sources), versions };
        isDue = false;
      }
      options.onScan(workspace);
    } catch (problem) {
      if (!(problem instanceof ScanCancelled)) onProblem(problem);
    }
  });

  function openTexts(): { readonly unsaved: Map<string, string>; readonly versions: Map<string, number> } {
    const unsaved = new Map<string, string>();
    const versions = new Map<string, number>();
    for (const [file, document] of options.documents()) {
      const path = reportPath(file);
      unsaved.set(path, document.getText());
      versions.set(path, document.version);
    }
    return { unsaved, versions };
  }

  function scanOf(texts: ReadonlyMap<string, string>, signal: AbortSignal): Promise<JudgedScan> {
    const unsaved = new Map([...openTexts().unsaved, ...texts]);
    return judgedScan({
      engine,
      root,
      project: withTexts(live.project, unsaved),
      config: live.config,
      unsaved,
      today: new Date().toISOString().slice(0, 10),
      signal,
      progress: () => undefined,
    });
  }

  function reportPath(file: string): string {
    return relative(root, file).split(sep).join('/');
  }

  const watch = watchFolders({
    onChange(path) {
      files.add(path);
      turns.request();
    },
    onProblem: (path, problem) => onProblem(new Error(`${path} cannot be watched for changes (${problem}).`)),
  });
  const workspace: Workspace = {
    folder,
    get last() {
      return last;
    },
    pathOf: (file) => (isInside(folder, file) ? reportPath(file) : undefined),
    fileOf: (path) => join(root, path),
    changed(paths) {
      for (const path of paths) files.add(path);
      turns.request();
    },
    edited: () => turns.request(),
    rescan: async (texts) => (await scanOf(texts, new AbortController().signal)).findings,
    async close() {
      watch.close();
      await turns.stop();
    },
  };
  watch.follow(followed);
  turns.request();
  return workspace;
}

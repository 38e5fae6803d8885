import { realpathSync } from 'node:fs';
import { discover } from '../../scan/project/discover.ts';
import { type CodeModule, type Imported, readModule } from './read-module.ts';

/** The files of an application that import bulwark, or something that such a file exports. */
export interface CodeProject {
  readonly modules: readonly CodeModule[];
  /** The text of a file at the root, such as `package-lock.json`. */
  read(path: string): string | undefined;
}

/** The JavaScript and TypeScript files that the scanner reads in a folder, without tests. */
export function readProject(folder: string): CodeProject {
  const root = realpathSync(folder);
  const project = discover({ root, paths: [root] }, { include: [], exclude: [], tests: 'skip' });
  const modules = project.files
    .filter(({ language }) => language === 'javascript')
    .map(readModule)
    .filter((module) => module !== undefined);
  return { modules, read: project.read };
}

/** The names that a file imports from bulwark, from any of its paths or from one. */
export function bulwarkImports(module: CodeModule, ...paths: readonly string[]): readonly Imported[] {
  return module.imports.filter(({ from }) =>
    paths.length === 0 ? from === 'bulwark' || from.startsWith('bulwark/') : paths.includes(from),
  );
}

export function placeOf({ path }: CodeModule, line: number): string {
  return `${path}:${line}`;
}

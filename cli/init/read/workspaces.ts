import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InitMistake } from '../init-mistake.ts';
import type { ProjectFolder } from './folder.ts';
import type { Manifest } from './manifest.ts';

/** @throws {InitMistake} in the root of a monorepo, which names the folders that have a package.json */
export function refuseWorkspaceRoot(folder: ProjectFolder, { isWorkspaceRoot }: Manifest): void {
  if (!isWorkspaceRoot) return;
  const members = foldersIn(folder.root, '').flatMap((name) =>
    folder.has(`${name}/package.json`)
      ? [name]
      : foldersIn(folder.root, name).filter((path) => folder.has(`${path}/package.json`)),
  );
  const named = members.slice(0, 10).join(', ');
  throw new InitMistake(
    'This is the root of a monorepo, not an application.',
    named === '' ? 'Name the folder of the application.' : `Name the folder of an application: ${named}.`,
  );
}

function foldersIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name))
      .slice(0, 200)
      .map(({ name }) => (folder === '' ? name : `${folder}/${name}`))
      .sort();
  } catch {
    return [];
  }
}

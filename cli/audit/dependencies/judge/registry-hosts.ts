import { folderOf, foldersUp, inside } from '../../files/own-folder.ts';
import type { Subject } from '../../subject/subject.ts';
import type { LockFile } from '../package-graph.ts';
import { hostOf } from '../read/kit/package-source.ts';

/** The public ones, and what the default of each manager is. */
const usual: Readonly<Record<LockFile['ecosystem'], readonly string[]>> = {
  npm: ['registry.npmjs.org', 'registry.yarnpkg.com'],
  PyPI: ['pypi.org', 'files.pythonhosted.org'],
};
const settings: Readonly<Record<LockFile['ecosystem'], readonly string[]>> = {
  npm: ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml', 'pnpm-workspace.yaml'],
  PyPI: ['pyproject.toml', 'Pipfile', 'uv.toml', 'pip.conf', 'pip.ini'],
};
const registryLine =
  /^\s*(?:["']?(?:@[\w.-]+:)?registry["']?|npmRegistryServer|npmPublishRegistry|url|index-url|extra-index-url|index_url|default-index|["']?@?[\w.-]+["']?\s*=\s*\{.*url)\b.*$/;

/** Hosts from which a lock file may take packages: the public registries, and those that the project's settings name. */
export function registryHosts({ path, ecosystem }: LockFile, subject: Subject): ReadonlySet<string> {
  const files = foldersUp(folderOf(path)).flatMap((folder) =>
    settings[ecosystem].map((name) => inside(folder, name)),
  );
  const configured = files.flatMap((file) =>
    (subject.read(file) ?? '').split('\n', 20_000).flatMap((line) => {
      if (!registryLine.test(line.slice(0, 1000))) return [];
      return [...line.matchAll(/https?:\/\/[^\s"',}]+/g)].flatMap(([url]) => hostOf(url) ?? []);
    }),
  );
  return new Set([...usual[ecosystem], ...configured]);
}

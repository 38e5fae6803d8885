import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Outcome, outcome } from '../outcome.ts';
import { root } from '../repository.ts';

/** A user's project in a temporary folder. */
export interface Project {
  readonly folder: string;
  install(...packages: string[]): Promise<void>;
  /** Links a package that is installed in this repository. */
  link(name: string): void;
  write(file: string, text: string): void;
  run(command: string, ...args: string[]): Promise<Outcome>;
  /** The installed packages by folder, from the lock file in node_modules. */
  installed(): Readonly<Record<string, { readonly hasInstallScript?: boolean }>>;
  /** Bytes below node_modules. */
  size(): number;
  remove(): void;
}

export function createProject(manifest: object = { type: 'module' }): Project {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-project-'));
  const run = (command: string, ...args: string[]): Promise<Outcome> => outcome(folder, command, args);
  const project: Project = {
    folder,
    run,
    async install(...packages) {
      const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
      const { code, output } = await run('npm', 'install', ...flags, ...packages);
      if (code !== 0) throw new Error(`npm install ${packages.join(' ')} failed:\n${output}`);
    },
    link(name) {
      const at = join(folder, 'node_modules', name);
      mkdirSync(dirname(at), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), at);
    },
    write(file, text) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    installed() {
      const lock = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
      return (lock as { packages: Record<string, { hasInstallScript?: boolean }> }).packages;
    },
    size: () => bytesBelow(join(folder, 'node_modules')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  project.write('package.json', JSON.stringify({ name: 'project', private: true, ...manifest }));
  return project;
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** A user's project in a temporary folder. */
export interface Project {
  readonly folder: string;
  install(...packages: string[]): Promise<void>;
  write(file: string, text: string): void;
  run(command: string, ...args: string[]): Promise<Outcome>;
  /** What npm put there: packages by their folder, as the lockfile inside node_modules lists them. */
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

/** Runs a command, and gives its exit code and all it printed instead of throwing. */
export async function outcome(cwd: string, command: string, args: readonly string[]): Promise<Outcome> {
  // What `npm test` tells its scripts about this repository is not true of the project.
  const env = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_local_prefix|config_workspace|package_|lifecycle_)/i.test(name),
  );
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, {
      cwd,
      env: Object.fromEntries(env),
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '', message } = error as Error & Partial<Record<string, string>>;
    return { code: Number(code) || 1, output: stdout + stderr || message };
  }
}

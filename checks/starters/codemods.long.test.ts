import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installFolder } from '../install-folder.ts';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';
import { packAll } from '../tarball/pack.ts';
import { createProject, type Project } from '../tarball/project.ts';
import { type CodemodProject, codemodProjects } from './codemod-projects.ts';
import { temporaryFolder } from './temporary-folder.ts';

const packages = join(root, 'checks/starters/codemods');
let packs: Awaited<ReturnType<typeof packAll>>;
/** Where the packed library is installed. */
let library: Project;

beforeAll(async () => {
  library = createProject();
  packs = await packAll();
  await installFolder(packages);
  await library.install(packs.lib.file);
}, 1_800_000);
afterAll(() => {
  packs?.remove();
  library?.remove();
});

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Writes the project, and links its packages: those of the lock file, and the packed Bulwark. */
function create(folder: string, { library: name, packages: more, app, test }: CodemodProject): void {
  write(folder, 'app.js', app);
  write(folder, 'test/app.test.js', test);
  const dependencies = Object.fromEntries([name, ...more].map((one) => [one, '*']));
  write(
    folder,
    'package.json',
    `${JSON.stringify({ dependencies, scripts: { test: 'node --test' } }, null, 2)}\n`,
  );
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const from of [join(packages, 'node_modules'), join(library.folder, 'node_modules')]) {
    for (const one of readdirSync(from)) if (!one.startsWith('.')) link(join(from, one), join(modules, one));
  }
}

function link(from: string, to: string): void {
  try {
    symlinkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

async function ownTests(folder: string): Promise<string> {
  const env = 'APP_SECRET=q8ZfT2mWx4LrYc7NhJv0sKdPbG5uEaR1';
  const { code, output } = await outcome(folder, 'env', [
    '-u',
    'NODE_TEST_CONTEXT',
    env,
    process.execPath,
    '--test',
  ]);
  return code === 0 && /# pass [1-9]/.test(output) ? 'pass' : output;
}

describe("a project's own tests pass before and after a codemod", () => {
  it.each(codemodProjects)('$library', async (project) => {
    const own = temporaryFolder();
    const folder = own.path;
    try {
      create(folder, project);
      expect(await ownTests(folder)).toBe('pass');
      const command = [join(root, 'cli/bin/bulwark.js'), 'codemod', project.library, '--write'];
      const args = [...command, '--packages', dirname(packs.lib.file)];
      const first = await outcome(folder, process.execPath, args);
      expect(first).toMatchObject({ code: 0, output: expect.stringContaining('files written') });
      const after = readFileSync(join(folder, 'app.js'), 'utf8');
      expect(after).not.toContain(`'${project.library}'`);
      expect(await ownTests(folder)).toBe('pass');
      const again = await outcome(folder, process.execPath, args);
      expect(again).toEqual({ code: 0, output: `Nothing to change: ${project.library} is not used here.\n` });
      expect(readFileSync(join(folder, 'app.js'), 'utf8')).toBe(after);
    } finally {
      own.remove();
    }
  });
});

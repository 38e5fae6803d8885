import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../checks/machine/program.ts';
import { quietByDefault } from '../../event/record.ts';
import { inside, rootPath } from '../../path/index.ts';
import { commands } from '../commands.ts';

quietByDefault();
const program = findProgram('git');
const reason = program === undefined ? ': git is not installed' : '';
let root: string;

/** An application in a repository, with its users' repositories in a directory below. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'bulwark-git-ceiling-'));
  mkdirSync(join(root, 'data', 'repositories', 'empty'), { recursive: true });
  mkdirSync(join(root, 'data', 'repositories', 'whole', 'docs'), { recursive: true });
  if (program === undefined) return;
  for (const [folder, text] of [
    ['.', 'secret of the application'],
    ['data/repositories/whole', 'text of a user'],
  ] as const) {
    writeFileSync(join(root, folder, 'file'), text);
    const run = (...args: readonly string[]) => execFileSync(program, ['-C', join(root, folder), ...args]);
    run('init', '-q');
    run('add', 'file');
    run('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '-m', 'one');
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.skipIf(program === undefined)(`git in a directory below another repository${reason}`, () => {
  const run = commands({ git: program ?? '/usr/bin/git' });

  it('does not use the other repository', async () => {
    const empty = inside(join(root, 'data', 'repositories'), 'empty');
    await expect(run.git`-C ${empty} show ${'HEAD:file'}`).rejects.toMatchObject({ code: 128 });
    await expect(run.git({ cwd: empty })`show ${'HEAD:file'}`).rejects.toMatchObject({ code: 128 });
  });

  it('finds its own repository, from a subdirectory too', async () => {
    for (const name of ['whole', 'whole/docs']) {
      const folder = inside(join(root, 'data', 'repositories'), name);
      expect((await run.git`-C ${folder} show ${'HEAD:file'}`).stdout).toBe('text of a user');
      expect((await run.git({ cwd: folder })`show ${'HEAD:file'}`).stdout).toBe('text of a user');
    }
    const own = inside(join(root, 'data', 'repositories', 'whole'), 'docs');
    expect((await run.git`-C ${own} show ${'HEAD:file'}`).stdout).toBe('text of a user');
    // A directory that the programmer named.
    const data = rootPath(join(root, 'data'));
    expect((await run.git`-C ${data} show ${'HEAD:file'}`).stdout).toBe('secret of the application');
  });
});

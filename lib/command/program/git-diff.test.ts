import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../checks/machine/program.ts';
import { quietByDefault } from '../../event/record.ts';
import { inside } from '../../path/index.ts';
import { commands } from '../commands.ts';
import { git } from './git.ts';

quietByDefault();
const program = findProgram('git');
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'bulwark-git-diff-'));
  for (const folder of ['none', 'broken', 'broken/.git', 'whole', 'elsewhere']) mkdirSync(join(root, folder));
  for (const folder of ['none', 'broken', 'whole', 'elsewhere']) {
    writeFileSync(join(root, folder, 'one'), 'first\n');
    writeFileSync(join(root, folder, 'two'), 'second\n');
  }
  symlinkSync('../elsewhere', join(root, 'broken', 'link'));
  if (program === undefined) return;
  const run = (...args: readonly string[]) => execFileSync(program, ['-C', join(root, 'whole'), ...args]);
  run('init', '-q');
  run('add', 'one');
  writeFileSync(join(root, 'whole', 'one'), 'changed\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.skipIf(program === undefined)(
  `git diff${program === undefined ? ': git is not installed' : ''}`,
  () => {
    const path = program ?? '/usr/bin/git';
    it.for([
      ['strict', git()],
      ['with allowGitFile', git({ allowGitFile: true })],
    ] as const)('compares no files outside of a repository, %s', async ([, rules]) => {
      const run = commands({ git: { path, rules } }, {});
      const diff = run.git({ allowExitCodes: [0, 1] });
      for (const [folder, name] of [
        ['none', 'two'],
        ['broken', 'link/two'],
      ] as const) {
        const refused = expect.objectContaining({ code: 'command/unsafe-repository' });
        await expect(diff`-C ${inside(root, folder)} diff ${'one'} ${name}`).rejects.toEqual(refused);
        await expect(diff`-C ${inside(root, folder)} diff -- ${'one'} ${name}`).rejects.toEqual(refused);
      }
      const { stdout } = await diff`-C ${inside(root, 'whole')} diff -- ${'one'}`;
      expect(stdout).toContain('+changed');
    });
  },
);

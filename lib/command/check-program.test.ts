import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runnerFolder } from '../../checks/command/runner-folder.ts';
import { commands, type ProgramEntry } from './index.ts';

const linux = process.platform === 'linux';
const folder = runnerFolder();
afterAll(() => folder.remove());

describe.skipIf(!linux)(`commands${linux ? '' : ': needs Linux'}`, () => {
  function refusal(entry: string | ProgramEntry): string {
    try {
      commands({ x: entry });
      return 'accepted';
    } catch (error) {
      return `${(error as { code?: string }).code}: ${(error as Error).message}`;
    }
  }

  it('accepts programs that exist, are executable, and that not everybody can change', () => {
    expect(refusal('/usr/bin/git')).toBe('accepted');
    expect(refusal('git')).toMatch(/^command\/unsafe-program: .*absolute/);
    expect(refusal('/usr/bin/../bin/git')).toMatch(/^command\/unsafe-program: .*absolute/);
    expect(refusal('/usr/bin/no-such')).toMatch(/does not exist/);
    expect(refusal('/usr/bin')).toMatch(/not a file/);
    expect(refusal('/etc/passwd')).toMatch(/cannot be executed/);
    expect(() => commands({ x: 'git' })).toThrow(expect.objectContaining({ code: 'command/unsafe-program' }));
    expect(refusal(undefined as never)).toMatch(/^bulwark\/invalid-option/);
    const open = folder.program('open', 'true');
    chmodSync(open, 0o757);
    expect(refusal(open)).toMatch(/Everybody can change/);
    mkdirSync(join(folder.path, 'anyone'));
    chmodSync(join(folder.path, 'anyone'), 0o777);
    expect(refusal(folder.program('anyone/one', 'true'))).toMatch(/Everybody can replace files/);
    symlinkSync(open, join(folder.path, 'link-to-open'));
    expect(refusal(join(folder.path, 'link-to-open'))).toMatch(/Everybody can change/);
  });

  it('refuses shells, interpreters and batch files', () => {
    expect(refusal('/bin/sh')).toMatch(/^command\/unsafe-program: .*language/);
    expect(refusal('/usr/bin/env')).toMatch(/^command\/unsafe-program: .*another program/);
    expect(refusal('/usr/bin/python3')).toMatch(/^command\/unsafe-program/);
    symlinkSync('/bin/sh', join(folder.path, 'renamed'));
    expect(refusal(join(folder.path, 'renamed'))).toMatch(/^command\/unsafe-program/);
    expect(refusal({ path: '/bin/sh', allowInterpreter: true })).toBe('accepted');
    for (const name of ['a.bat', 'a.CMD', 'a.bat ', 'a.cmd.']) {
      expect(refusal({ path: folder.program(name, ''), allowInterpreter: true })).toMatch(/CVE-2024-27980/);
    }
    expect(refusal(folder.program('script.sh', ''))).toBe('accepted');
  });

  it('has only the programs that were listed', () => {
    const run = commands({ git: '/usr/bin/git' });
    expect('toString' in run).toBe(false);
    expect(Object.keys(run)).toEqual(['git']);
  });
});

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietByDefault } from '../event/record.ts';
import { args, type Commands, commands } from './index.ts';

quietByDefault();
const linux = process.platform === 'linux';
let folder: string;
let run: Commands<'show' | 'git'>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-template-'));
  writeFileSync(join(folder, 'show'), '#!/bin/sh\nprintf "[%s]" "$@"\n');
  chmodSync(join(folder, 'show'), 0o755);
  run = commands({ show: join(folder, 'show'), git: '/usr/bin/git' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function shown(command: Promise<{ readonly stdout: string }>): Promise<string> {
  return (await command).stdout;
}

describe.skipIf(!linux)(`the text of a command${linux ? '' : ': needs Linux'}`, () => {
  const misuse = async (command: Promise<unknown>, code: string): Promise<void> => {
    const error = await command.then(
      () => new Error('it was accepted'),
      (reason: unknown) => reason as Error,
    );
    expect(error).toMatchObject({ name: 'Misuse', code });
    expect(error.message).toContain('template-mistakes.test.ts:');
  };

  it('has no shell syntax', async () => {
    const x = 'x';
    await misuse(run.show`a "${x}"`, 'command/no-shell');
    await misuse(run.show`a 'b c'`, 'command/no-shell');
    await misuse(run.show`a | b`, 'command/no-shell');
    await misuse(run.show`a > b`, 'command/no-shell');
    await misuse(run.show`a 2>&1`, 'command/no-shell');
    await misuse(run.show`a && b`, 'command/no-shell');
    await misuse(run.show`a; b`, 'command/no-shell');
    await misuse(run.show`a $HOME`, 'command/no-shell');
    await misuse(run.show`a $(id)`, 'command/no-shell');
    await misuse(run.show`~/a`, 'command/no-shell');
    await misuse(run.show`a\ b`, 'command/no-shell');
    await misuse(run.show`a\u0000b`, 'command/no-shell');
    expect(await shown(run.show`*.ts stash@{1} HEAD~2 HEAD^ ( a ) a?b=1&c=2 [0:v] 100%`)).toBe(
      '[*.ts][stash@{1}][HEAD~2][HEAD^][(][a][)][a?b=1&c=2][[0:v]][100%]',
    );
  });

  it('has values at the end of words only', async () => {
    const n = 1;
    await misuse(run.show`${n}x`, 'command/misplaced-value');
    await misuse(run.show`${n}${n}`, 'command/misplaced-value');
    await misuse(run.show`--size=${n}x${n}`, 'command/misplaced-value');
    await misuse(run.show`-n${n}`, 'command/misplaced-value');
    await misuse(run.show`--${'x'}`, 'command/misplaced-value');
    expect(await shown(run.show`-n ${n} -n=${n} size=${`${n}x${n}`}`)).toBe('[-n][1][-n=1][size=1x1]');
  });

  it('is a template', async () => {
    const tag = run.show as unknown as (...all: readonly unknown[]) => Promise<unknown>;
    await misuse(tag('log'), 'command/not-a-template');
    await misuse(tag(['log']), 'command/not-a-template');
    await misuse(tag(), 'command/not-a-template');
    await misuse(tag(undefined), 'command/not-a-template');
    await misuse(
      tag(Object.freeze(Object.assign(['log'], { raw: Object.freeze(['log']) }))),
      'command/not-a-template',
    );
    let strings: TemplateStringsArray | undefined;
    ((all: TemplateStringsArray, ..._: readonly unknown[]) => {
      strings = all;
    })`a ${1} b`;
    await misuse(tag(strings), 'command/not-a-template');
    expect(() => args('a' as never)).toThrow(expect.objectContaining({ code: 'command/not-a-template' }));
  });

  it('has no dangerous option, unless it is allowed', async () => {
    await misuse(run.git`fetch --upload-pack=x`, 'command/forbidden-option');
    await misuse(run.git`fetch --upload-pa ${'x'}`, 'command/forbidden-option');
    const rules = { name: 'show', forbiddenOptions: [{ option: '-I', because: 'runs a program' }] };
    const path = join(folder, 'show');
    const strict = commands({ show: { path, rules } });
    await misuse(strict.show`-xIz`, 'command/forbidden-option');
    await misuse(strict.show`-Iz`, 'command/forbidden-option');
    expect(await shown(strict.show`-xz --Include a-I`)).toBe('[-xz][--Include][a-I]');
    const open = commands({ show: { path, rules, allowOptions: ['-I'] } });
    expect(await shown(open.show`-I x`)).toBe('[-I][x]');
    expect(() => commands({ show: { path, rules, allowOptions: ['-J'] } })).toThrow(/not forbidden/);
  });
});

import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietByDefault } from '../event/record.ts';
import { inside, rootPath, type SafePath } from '../path/index.ts';
import { args, type Commands, commands } from './index.ts';

quietByDefault();
const linux = process.platform === 'linux';
let folder: string;
let run: Commands<'show'>;
let file: SafePath;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-command-'));
  program('show', 'printf "[%s]" "$@"');
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'files', '-rf.txt'), 'content');
  file = inside(join(folder, 'files'), '-rf.txt');
  run = commands({ show: join(folder, 'show') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A shell script that the test writes. It prints what a program gets. */
function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function shown(command: Promise<{ readonly stdout: string }>): Promise<string> {
  return (await command).stdout;
}

describe.skipIf(!linux)(`the arguments of a command${linux ? '' : ': need Linux'}`, () => {
  it('are the words of the text, and one for each value', async () => {
    expect(await shown(run.show`a  b\n`.catch(() => ({ stdout: 'refused' })))).toBe('refused');
    expect(await shown(run.show`a  --b=c ${'x y'} ${7} ${10n}`)).toBe('[a][--b=c][x y][7][10]');
    expect(
      await shown(run.show`
        log
        --since=${'a b'} origin/${'x'}
      `),
    ).toBe('[log][--since=a b][origin/x]');
  });

  it('pass any text in a value unchanged', async () => {
    const texts = [
      '$(id)',
      '`id`',
      'a; id',
      'a && id',
      'a | id',
      '> x',
      '"',
      "'",
      '\\',
      '*',
      '~',
      '$HOME',
      'a\nb',
      '{a,b}',
      '#',
      '!',
      '%PATH%',
      '^',
      '\u00fc \u6f22 \ud83d\ude42',
    ];
    for (const text of texts) expect(await shown(run.show`${text}`)).toBe(`[${text}]`);
    expect(await shown(run.show`--text=${''} --text=${'-x'} --number=${-5}`)).toBe(
      '[--text=][--text=-x][--number=-5]',
    );
  });

  it('never contain a value that starts like an option', async () => {
    for (const value of ['-x', '--exec=id', '-', '--', '\u2212rf', '\u00adx']) {
      await expect(run.show`${value}`).rejects.toMatchObject({
        code: 'command/unsafe-value',
        detail: { program: 'show', value },
      });
      await expect(run.show`-- ${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
    }
    await expect(run.show`${-5}`).rejects.toMatchObject({
      code: 'command/unsafe-value',
      detail: { reason: 'it begins with a dash, as options do' },
    });
    await expect(run.show`-m ${'- bullet'}`).rejects.toMatchObject({
      hint: expect.stringContaining('`--message=...`'),
    });
    expect(await shown(run.show`--message=${'- bullet'}`)).toBe('[--message=- bullet]');
    expect(await shown(run.show`${'a-x'} ${'5-'}`)).toBe('[a-x][5-]');
  });

  it('contain no value that a program without rules could misread', async () => {
    const hosts = [
      ...[
        'host.example:/x',
        'host.example:x',
        'ann@host:x',
        'ann@host.example:x',
        '10.0.0.1:x',
        '2130706433:x',
      ],
      ...[
        '1.example.com:x',
        '[::1]:x',
        'ann@[::1]:x',
        'h:x',
        'my_host:x',
        'ann@host:',
        'host.example:',
        '[::1]:',
      ],
    ];
    for (const value of ['@/etc/passwd', '|id', 'msl:x', 'https://a.example', ...hosts]) {
      await expect(run.show`${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
      await expect(run.show`--x=${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
    }
    for (const value of ['/etc/passwd', '../x', 'etc/passwd', '..', '.']) {
      await expect(run.show`${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
      await expect(run.show`--x=${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
      await expect(run.show`a/${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
    }
    for (const value of ['+cmd', '']) {
      await expect(run.show`${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
      expect(await shown(run.show`--x=${value}`)).toBe(`[--x=${value}]`);
    }
    const texts = [
      ...[
        'ann@example.com',
        'a|b',
        '1+1',
        'Note: x',
        'Note:',
        '12:30',
        '23:59:59.5',
        '16:9',
        '2.35:1',
        'C:',
        '...',
      ],
      ...['.x', '100%', '2026-12-01T12:30:00Z', '2026-12-01T12:30:00.5+01:00', '{"a":1}', 'e.g.: x'],
    ];
    for (const value of texts) {
      expect(await shown(run.show`${value}`)).toBe(`[${value}]`);
    }
  });

  it('contain no NUL and no half surrogate pair, and are not longer than the kernel accepts', async () => {
    for (const value of ['a\0b', '\ud800', 'a\udc00b']) {
      await expect(run.show`${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
      await expect(run.show`--x=${value}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
    }
    expect((await shown(run.show`--x=${'a'.repeat(131_067)}`)).length).toBe(131_073);
    await expect(run.show`--x=${'a'.repeat(131_068)}`).rejects.toMatchObject({ code: 'command/too-long' });
    await expect(run.show`${'\u00fc'.repeat(66_000)}`).rejects.toMatchObject({ code: 'command/too-long' });
    const long = args.each(Array.from({ length: 10 }, () => 'a'.repeat(100_000)));
    await expect(run.show`${long}`).rejects.toMatchObject({
      code: 'command/too-long',
      detail: { limit: '1 MB in all arguments' },
    });
    const many = args.each(Array.from({ length: 10_001 }, () => 'a'));
    await expect(run.show`${many}`).rejects.toMatchObject({
      code: 'command/too-long',
      detail: { limit: '10,000 arguments' },
    });
  });

  it('are refused where a value is missing, or is not one value', async () => {
    const values = [
      undefined,
      null,
      false,
      true,
      {},
      [],
      ['a'],
      { toString: () => 'a' },
      Number.NaN,
      Infinity,
      () => 'a',
      Symbol('a'),
      new Date(0),
    ];
    for (const value of values) {
      await expect(run.show`a ${value as never}`).rejects.toMatchObject({
        code: 'command/missing-value',
        detail: { position: 'argument 2' },
      });
      await expect(run.show`--x=${value as never}`).rejects.toMatchObject({ code: 'command/missing-value' });
      await expect(run.show`${args.each([value as never])}`).rejects.toMatchObject({
        code: 'command/missing-value',
      });
    }
    await expect(run.show`${args.each([])}`).rejects.toMatchObject({ code: 'command/missing-value' });
  });

  it('may come from fragments', async () => {
    expect(await shown(run.show`a ${args``} b`)).toBe('[a][b]');
    expect(await shown(run.show`a ${args`-x ${'1'} ${args`--y=${'2'}`}`} b`)).toBe('[a][-x][1][--y=2][b]');
    const excluded = args.each(['a', 'b'].map((name) => args`--exclude=${name}`));
    expect(await shown(run.show`${excluded} ${args.each([1, file])}`)).toBe(
      `[--exclude=a][--exclude=b][1][${file.absolute}]`,
    );
    await expect(run.show`--x=${args`a`}`).rejects.toMatchObject({ code: 'command/misplaced-value' });
    await expect(run.show`${JSON.parse(JSON.stringify(args`--exec`))}`).rejects.toMatchObject({
      code: 'command/missing-value',
    });
  });

  it('may not come from fragments that contain themselves', async () => {
    let nested = args`a`;
    for (let level = 0; level < 40; level++) nested = args`${nested}`;
    await expect(run.show`${nested}`).rejects.toMatchObject({ code: 'command/misplaced-value' });
  });

  it('name files by absolute paths without links', async () => {
    const root = join(folder, 'files');
    symlinkSync('-rf.txt', join(root, 'link'));
    symlinkSync('/etc/passwd', join(root, 'outside'));
    expect(await shown(run.show`${file} --file=${file} of=${file}`)).toBe(
      `[${file.absolute}][--file=${file.absolute}][of=${file.absolute}]`,
    );
    expect(await shown(run.show`${inside(root, 'link')}`)).toBe(`[${file.absolute}]`);
    expect(await shown(run.show`${inside(root, 'new')} ${rootPath(root)}`)).toBe(`[${root}/new][${root}]`);
    await expect(run.show`${inside(root, 'outside')}`).rejects.toMatchObject({ code: 'path/link' });
    await expect(run.show`${inside(root, 'missing/new')}`).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(run.show`x${file}`).rejects.toMatchObject({ code: 'command/unsafe-value' });
    await expect(run.show`${JSON.parse(JSON.stringify(file))}`).rejects.toMatchObject({
      code: 'command/missing-value',
    });
  });

  it('end the options of a program that supports it', async () => {
    writeFileSync(join(folder, 'files', 'a.txt'), '-v\n');
    const { grep } = commands({ grep: '/usr/bin/grep' });
    expect(await shown(grep`-F -e ${'content'} -- ${file}`)).toBe('content\n');
  });
});

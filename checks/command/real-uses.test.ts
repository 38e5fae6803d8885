import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { args, commands } from 'bulwark/command';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { curl } from '../../lib/command/program/curl.ts';
import { git } from '../../lib/command/program/git.ts';
import { image } from '../../lib/command/program/typed-file.ts';
import { inside } from '../../lib/path/index.ts';
import { findProgram } from '../machine/program.ts';

const root = mkdtempSync(join(tmpdir(), 'bulwark-command-uses-'));
const at = (name: string) => inside(root, name);
const names = ['git', 'tar', 'zip', 'unzip', 'rsync', 'find', 'grep', 'sort', 'curl', 'magick'];
const absent = names.filter((name) => findProgram(name) === undefined);
const server = createServer((request, response) => response.end(`${request.method} ${request.url}`));

afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

describe.skipIf(absent.length > 0)(
  `ordinary commands${absent.length > 0 ? `: ${absent.join(', ')} not installed` : ''}`,
  () => {
    const known = names.filter((name) => !absent.includes(name));
    const run =
      absent.length > 0
        ? ({} as never)
        : commands(
            Object.fromEntries(known.map((name) => [name, `/usr/bin/${name}`])) as Record<string, string>,
            { timeoutMs: 20_000 },
          );
    const tag = (name: string) =>
      (run as Record<string, NonNullable<(typeof run)[string]>>)[name] as NonNullable<(typeof run)[string]>;
    const repo = at('shop');

    beforeAll(async () => {
      mkdirSync(join(root, 'notes/deep'), { recursive: true });
      writeFileSync(join(root, 'notes/a.txt'), 'pear\napple\n');
      writeFileSync(join(root, 'notes/-dash.txt'), 'dash\n');
      writeFileSync(join(root, 'notes/deep/caf\u00e9 \u5b57.md'), 'Hello (world)\n');
      execFileSync('/usr/bin/magick', ['-size', '60x40', 'xc:teal', join(root, 'in.png')]);
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      const g = tag('git');
      await g`init -q -b ${'main'} ${repo}`;
      for (const [name, content] of [
        ['a.txt', 'one\n'],
        ['caf\u00e9.md', 'two\n'],
      ] as const) {
        writeFileSync(join(root, 'shop', name), content);
        await g`-C ${repo} add -- ${name}`;
        await g`-C ${repo} -c user.name=${"Ada O'Brien"} -c user.email=${'ada@example.com'} commit -q -m ${`Add "${name}"\n\n--no-verify; $(rm) \`x\``}`;
      }
    });

    describe('git', () => {
      const g = () => tag('git');
      const out = async (result: Promise<{ readonly stdout: string }>) => (await result).stdout.trim();
      it('log', async () =>
        expect(await out(g()`-C ${repo} log --max-count=${1} --format=%an:%s ${'main'}`)).toBe(
          'Ada O\'Brien:Add "caf\u00e9.md"',
        ));
      it('log of a path', async () =>
        expect(await out(g()`-C ${repo} log --oneline --format=%s -- ${'a.txt'}`)).toBe('Add "a.txt"'));
      it('log by an author and a date', async () =>
        expect(
          await out(g()`-C ${repo} log --author=${'Ada'} --since ${'2 weeks ago'} --format=%s -n ${1}`),
        ).toContain('Add'));
      it('log of a range', async () =>
        expect(await out(g()`-C ${repo} log --format=%s ${'main~1..main'}`)).toBe('Add "caf\u00e9.md"'));
      it('log with a text that looks like an option', async () =>
        expect(await out(g()`-C ${repo} log --format=%s --grep=${'--no-verify'} -n 1`)).toContain('caf'));
      it('show', async () => expect(await out(g()`-C ${repo} show ${'main:a.txt'}`)).toBe('one'));
      it("show, with the programmer's part", async () =>
        expect(await out(g()`-C ${repo} show main:${'caf\u00e9.md'}`)).toBe('two'));
      it('diff', async () =>
        expect(await out(g()`-C ${repo} diff --stat ${'main~1'} ${'main'} -- ${'caf\u00e9.md'}`)).toContain(
          '1 file changed',
        ));
      it('grep', async () =>
        expect(await out(g()`-C ${repo} grep -n -F -e ${'one'} ${'main'} -- ${'a.txt'}`)).toBe(
          'main:a.txt:1:one',
        ));
      it('blame', async () =>
        expect(await out(g()`-C ${repo} blame -s ${'main'} -- ${'a.txt'}`)).toContain('1) one'));
      it('archive to a file', async () => {
        await g()`-C ${repo} archive --format=${'zip'} --prefix=${'shop-1.0/'} -o ${at('shop.zip')} ${'main'}`;
        expect(
          execFileSync('/usr/bin/unzip', ['-Z1', join(root, 'shop.zip')], { encoding: 'utf8' }),
        ).toContain('shop-1.0/a.txt');
      });
      it('clone of a folder', async () => {
        await g()`clone -q --depth ${1} ${repo} ${at('copy')}`;
        expect(readFileSync(join(root, 'copy/a.txt'), 'utf8')).toBe('one\n');
      });
      it('fetch in a clone', async () =>
        expect((await g()`-C ${at('copy')} fetch -q ${'origin'} ${'main'}`).code).toBe(0));
      it('ls-remote', async () =>
        expect(await out(g()`ls-remote ${repo} ${'main'}`)).toMatch(/refs\/heads\/main$/));
      it('branch and switch', async () => {
        await g()`-C ${repo} branch ${'feature/caf\u00e9-1'} ${'main~1'}`;
        expect(await out(g()`-C ${repo} rev-parse --verify ${'feature/caf\u00e9-1'}`)).toMatch(
          /^[0-9a-f]{40}$/,
        );
      });
      it('tag', async () =>
        expect(
          (
            await g()`-C ${repo} -c user.name=a -c user.email=a@example.com tag -m ${'First\n@release'} ${'v1.0'}`
          ).code,
        ).toBe(0));
      it('status', async () => expect(await out(g()`-C ${repo} status --porcelain`)).toBe(''));
      it('rev-list', async () => expect(await out(g()`-C ${repo} rev-list --count ${'main'}`)).toBe('2'));
      it('ls-tree', async () =>
        expect(await out(g()`-C ${repo} ls-tree --name-only -z ${'main'}`)).toContain('caf\u00e9.md'));
      it('a bare repository by its name', async () => {
        await g()`init -q --bare ${at('bare.git')}`;
        expect(await out(g()`--git-dir=${at('bare.git')} for-each-ref`)).toBe('');
      });
      it('a listed host', () => {
        const rules = git({ hosts: ['github.com'] });
        const position = {
          option: undefined,
          joined: false,
          prefix: '',
          index: 1,
          afterEnd: false,
          kind: 'value',
          before: [{ text: 'clone', kind: 'literal' }],
        } as const;
        expect(rules.judgeValue?.('https://github.com/a/b.git', position)).toEqual({ allow: true });
      });
    });

    describe('archives', () => {
      it('tar creates, lists and extracts', async () => {
        await tag('tar')`-czf ${at('n.tar.gz')} -C ${at('notes')} -- ${'a.txt'} ${'-dash.txt'} ${'deep'}`;
        expect((await tag('tar')`-tzf ${at('n.tar.gz')}`).stdout).toContain('-dash.txt');
        mkdirSync(join(root, 'out'));
        await tag(
          'tar',
        )`--extract --gzip --file=${at('n.tar.gz')} --directory=${at('out')} --strip-components=${0}`;
        expect(readFileSync(join(root, 'out/-dash.txt'), 'utf8')).toBe('dash\n');
      });
      it('tar to standard output', async () => {
        const bytes = (await tag('tar')({ stdout: 'bytes' })`-c -C ${at('notes')} a.txt`).stdout;
        expect(bytes.length % 512).toBe(0);
      });
      it('zip and unzip', async () => {
        await tag('zip')({ cwd: at('notes') })`-q -r ${at('n.zip')} -- ${'a.txt'} ${'-dash.txt'} ${'deep'}`;
        expect((await tag('unzip')`-Z1 ${at('n.zip')}`).stdout.split('\n')).toContain('-dash.txt');
        await tag('unzip')`-q ${at('n.zip')} ${'a.txt'} -d ${at('un')}`;
        expect(readFileSync(join(root, 'un/a.txt'), 'utf8')).toBe('pear\napple\n');
      });
      it('rsync between folders', async () => {
        await tag('rsync')`-a --delete --exclude=${'a.txt'} ${at('notes')} ${at('mirror')}`;
        expect(existsSync(join(root, 'mirror/notes/-dash.txt'))).toBe(true);
        expect(existsSync(join(root, 'mirror/notes/a.txt'))).toBe(false);
      });
    });

    describe('text', () => {
      it('find by a name', async () =>
        expect(
          (await tag('find')`${at('notes')} -type f -name ${'*.txt'}`).stdout.trim().split('\n'),
        ).toHaveLength(2));
      it('find by a name that begins with a word of other scripts', async () =>
        expect((await tag('find')`${at('notes')} -iname ${'CAF\u00c9*'}`).stdout).toContain('.md'));
      it('find by size, time and depth', async () =>
        expect(
          (await tag('find')`${at('notes')} -maxdepth ${1} -type f -size ${'+1c'} -mtime ${'-2'}`).stdout,
        ).toContain('a.txt'));
      it('grep with a fixed text', async () =>
        expect((await tag('grep')`-rhF -e ${'(world)'} -- ${at('notes')}`).stdout.trim()).toBe(
          'Hello (world)',
        ));
      it('grep of nothing', async () =>
        expect(
          (
            await tag('grep')({ allowExitCodes: [0, 1] })`-c -e ${'none'} -- ${at('notes/a.txt')}`
          ).stdout.trim(),
        ).toBe('0'));
      it('sort', async () =>
        expect((await tag('sort')`-r -k ${'1,1'} -- ${at('notes/a.txt')}`).stdout).toBe('pear\napple\n'));
      it('sort to a file', async () => {
        await tag('sort')`-o ${at('sorted.txt')} ${args.each([at('notes/a.txt'), at('notes/-dash.txt')])}`;
        expect(readFileSync(join(root, 'sorted.txt'), 'utf8')).toBe('apple\ndash\npear\n');
      });
    });

    describe('images', () => {
      it('identify', async () =>
        expect((await tag('magick')`identify -format %wx%h ${image('image/png', at('in.png'))}`).stdout).toBe(
          '60x40',
        ));
      it('resize and convert', async () => {
        await tag(
          'magick',
        )`${image('image/png', at('in.png'))} -auto-orient -strip -resize ${'30x30'} -quality ${80} ${image('image/jpeg', at('out.jpg'))}`;
        expect(
          (await tag('magick')`identify -format %m:%wx%h ${image('image/jpeg', at('out.jpg'))}`).stdout,
        ).toBe('JPEG:30x20');
      });
      it('writes to standard output, and reads no standard input', async () => {
        const photo = image('image/png', at('in.png'));
        const { stdout } = await tag('magick')({ stdout: 'bytes' })`${photo} -thumbnail ${'20x20'} png:-`;
        expect(stdout.subarray(1, 4).toString()).toBe('PNG');
        const input = { stdin: readFileSync(join(root, 'in.png')) };
        const failed = { program: 'magick', code: 1 };
        const copy = image('image/png', at('from-stdin.png'));
        await expect(tag('magick')(input)`png:- ${copy}`).rejects.toMatchObject(failed);
        await expect(tag('magick')(input)`- ${copy}`).rejects.toMatchObject(failed);
        expect(existsSync(join(root, 'from-stdin.png'))).toBe(false);
      });
      it('crop and rotate', async () => {
        await tag(
          'magick',
        )`${image('image/png', at('in.png'))} -crop ${'10x10+5+5'} +repage -rotate ${-90} -background ${'#fff'} ${image('image/webp', at('out.webp'))}`;
        expect((await tag('magick')`identify -format %w ${image('image/webp', at('out.webp'))}`).stdout).toBe(
          '10',
        );
      });
      it('thumbnail to GIF', async () => {
        await tag(
          'magick',
        )`${image('image/png', at('in.png'))} -thumbnail ${'20x20>'} ${image('image/gif', at('out.gif'))}`;
        expect(readFileSync(join(root, 'out.gif')).subarray(0, 3).toString()).toBe('GIF');
      });
    });

    describe('curl', () => {
      const loopback = () =>
        commands({ curl: { path: '/usr/bin/curl', rules: curl({ hosts: ['127.0.0.1'], allowHttp: true }) } });
      const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
      it('GET', async () =>
        expect((await loopback().curl`-sS ${url('/orders?page=2&q=a+b')}`).stdout).toBe(
          'GET /orders?page=2&q=a+b',
        ));
      it('POST of a text', async () =>
        expect(
          (await loopback().curl`-sS --data-raw ${'@not-a-file'} -H ${'X-Order: 12; "a"'} ${url('/orders')}`)
            .stdout,
        ).toBe('POST /orders'));
      it('to a file', async () => {
        await loopback().curl`-sS -o ${at('page.txt')} --max-time ${5} ${url('/file')}`;
        expect(readFileSync(join(root, 'page.txt'), 'utf8')).toBe('GET /file');
      });
    });
  },
);

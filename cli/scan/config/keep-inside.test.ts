import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RunOptions, runScan } from '../run-scan.ts';
import { createFolder, type Folder } from '../testing/folder.ts';
import { wordEngine } from '../testing/word-engine.ts';
import { leadsInside } from './keep-inside.ts';
import { runConfig } from './run-config.ts';

const baseline = JSON.stringify({ version: 1, known: [] });

/** A repository with `outside/` beside it. */
function withOutside(files: Readonly<Record<string, string>>): {
  readonly all: Folder;
  readonly repository: string;
} {
  const all = createFolder({
    'outside/base.json': baseline,
    'repository/.git/HEAD': '',
    'repository/a.js': 'DANGER\n',
  });
  for (const [path, text] of Object.entries(files)) all.write({ [`repository/${path}`]: text });
  return { all, repository: join(all.path, 'repository') };
}

async function scan(cwd: string, options: Partial<RunOptions> = {}): Promise<unknown> {
  const plain: RunOptions = { paths: [], format: 'json', only: [], skip: [], updateBaseline: true };
  const around = { version: '0', today: '2027-01-01', color: false, progress: () => undefined };
  return await runScan({ ...plain, ...options }, { engine: wordEngine, cwd, ...around });
}

function config(path: string): Readonly<Record<string, string>> {
  return { 'bulwark.config.json': JSON.stringify({ scan: { baseline: path } }) };
}

describe('a baseline that the scanned repository names', () => {
  it.each([
    '../outside/new.json',
    '../outside/base.json',
    'sub/../../outside/new.json',
    '../repository-other.json',
    '.git/hooks/post-checkout',
    '.GIT/new.json',
    '..',
  ])('is refused at %s, and nothing is written', async (path) => {
    const { all, repository } = withOutside(config(path));
    try {
      await expect(scan(repository)).rejects.toMatchObject({ code: 'scan/config' });
      await expect(scan(repository, { updateBaseline: false })).rejects.toMatchObject({
        code: 'scan/config',
      });
      expect(readdirSync(join(all.path, 'outside'))).toEqual(['base.json']);
      expect(readFileSync(join(all.path, 'outside/base.json'), 'utf8')).toBe(baseline);
      expect(readdirSync(join(repository, '.git'))).toEqual(['HEAD']);
      expect(readdirSync(all.path).sort()).toEqual(['outside', 'repository']);
    } finally {
      all.remove();
    }
  });

  it('is refused by its absolute path', async () => {
    const { all, repository } = withOutside({});
    all.write({
      'repository/bulwark.config.json':
        config(join(all.path, 'outside/new.json'))['bulwark.config.json'] ?? '',
    });
    await expect(scan(repository)).rejects.toMatchObject({ code: 'scan/config' });
    expect(existsSync(join(all.path, 'outside/new.json'))).toBe(false);
    all.remove();
  });

  it.each([
    ['a folder', 'folder/new.json', 'folder', '../outside'],
    ['a file', 'base.json', 'base.json', '../outside/base.json'],
    ['a file that is not there', 'base.json', 'base.json', '../outside/new.json'],
    ['the folder of git', 'folder/new.json', 'folder', '.git'],
  ])('is refused through a link to %s', async (_, path, link, target) => {
    const { all, repository } = withOutside(config(path));
    symlinkSync(target, join(repository, link));
    await expect(scan(repository)).rejects.toMatchObject({ code: 'scan/config' });
    expect(readdirSync(join(all.path, 'outside'))).toEqual(['base.json']);
    all.remove();
  });

  it.each(['base.json', './base.json', 'ci/base.json', 'x/../base.json', '..base.json', '.github/base.json'])(
    'is written at %s',
    async (path) => {
      const { all, repository } = withOutside(config(path));
      mkdirSync(join(repository, 'ci'));
      mkdirSync(join(repository, '.github'));
      await scan(repository);
      expect(JSON.parse(readFileSync(join(repository, path), 'utf8')).known).toHaveLength(1);
      all.remove();
    },
  );

  it('may lie above the folder of the configuration, and behind a link that stays inside', async () => {
    const { all, repository } = withOutside({
      'sub/bulwark.config.json': JSON.stringify({ scan: { baseline: '../linked/base.json' } }),
      'real/keep': '',
    });
    symlinkSync('real', join(repository, 'linked'));
    await scan(join(repository, 'sub'));
    expect(existsSync(join(repository, 'real/base.json'))).toBe(true);
    all.remove();
  });

  it('may lie anywhere once the command line names it', async () => {
    const { all, repository } = withOutside(config('../outside/evil.json'));
    await scan(repository, { baseline: '../outside/mine.json' });
    expect(readdirSync(join(all.path, 'outside')).sort()).toEqual(['base.json', 'mine.json']);
    all.remove();
  });

  it('is refused where the default name is a link', async () => {
    const { all, repository } = withOutside({});
    symlinkSync('../outside/base.json', join(repository, 'bulwark-baseline.json'));
    await expect(scan(repository)).rejects.toMatchObject({ code: 'scan/baseline' });
    all.remove();
  });
});

describe('models and the configuration itself', () => {
  it('may not lie outside of the repository', async () => {
    const { all, repository } = withOutside({
      'bulwark.config.json': JSON.stringify({ scan: { models: ['own.json', '../outside/base.json'] } }),
    });
    await expect(scan(repository)).rejects.toMatchObject({ message: expect.stringContaining('scan.models') });
    all.remove();
  });

  it.each(['json', 'yaml', 'mjs'])(
    'a bulwark.config.%s is not read through a link that leads out',
    async (end) => {
      const { all, repository } = withOutside({});
      symlinkSync('../outside/base.json', join(repository, `bulwark.config.${end}`));
      await expect(scan(repository)).rejects.toMatchObject({ message: expect.stringContaining('is a link') });
      await scan(repository, { config: false });
      all.remove();
    },
  );

  it('stay inside the current folder where there is no repository', async () => {
    const all = createFolder({ 'cwd/ci/c.json': '{"scan":{"baseline":"../base.json"}}', 'cwd/a.js': '' });
    const at = join(all.path, 'cwd');
    const options = { paths: [], only: [], skip: [] };
    expect((await runConfig({ ...options, config: 'ci/c.json' }, at)).baseline).toBe(join(at, 'base.json'));
    all.write({ 'cwd/ci/c.json': '{"scan":{"baseline":"../../base.json"}}' });
    await expect(runConfig({ ...options, config: 'ci/c.json' }, at)).rejects.toMatchObject({
      code: 'scan/config',
    });
    all.remove();
  });
});

describe('leadsInside', () => {
  const folder = createFolder({ 'in/a/b': '', 'out/c': '' });
  symlinkSync('../out', join(folder.path, 'in/link'));
  symlinkSync('../../out', join(folder.path, 'in/a/up'));
  symlinkSync('a', join(folder.path, 'in/own'));

  it('never lets a written file land outside, for any path', () => {
    const part = fc.constantFrom('..', '.', 'a', 'b', 'link', 'up', 'own', 'new', '', 'c', '.git');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = join(folder.path, 'in', ...parts);
        if (!leadsInside(path, join(folder.path, 'in'))) return;
        expect(path).toMatch(/\/in(\/|$)/);
        expect(path).not.toMatch(/\/(in\/link|in\/(a|own)\/up|\.git)(\/|$)/);
      }),
      { numRuns: 2000 },
    );
  });
});

import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ConfigOptions } from '../../config/run-config.ts';
import { createFolder, type Folder } from '../../testing/folder.ts';
import { hasSameFiles, type LiveProject, openLiveProject, withTexts } from './live-project.ts';

const folders: Folder[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

interface Opened {
  readonly folder: Folder;
  readonly live: LiveProject;
  /** Applies what changed, by paths from the root. */
  readonly apply: (...paths: readonly string[]) => Promise<boolean>;
  readonly texts: () => Readonly<Record<string, string>>;
}

async function open(
  files: Readonly<Record<string, string>>,
  options: Partial<ConfigOptions> = {},
  cwd = '',
): Promise<Opened> {
  const folder = createFolder({ '.git/HEAD': '', ...files });
  folders.push(folder);
  const live = await openLiveProject({
    cwd: join(folder.path, cwd),
    options: { paths: [], only: [], skip: [], ...options },
  });
  return {
    folder,
    live,
    apply: (...paths) => live.apply(paths.map((path) => join(folder.path, path))),
    texts: () => Object.fromEntries(live.project.files.map(({ path, text }) => [path, text])),
  };
}

describe('openLiveProject', () => {
  it('reads a file that has changed, and no other', async () => {
    const { folder, live, apply, texts } = await open({ 'a.js': '1', 'b.js': '1' });
    const before = live.project.files;
    folder.write({ 'a.js': '2', 'b.js': '2' });
    expect(await apply('a.js')).toBe(false);
    expect(texts()).toEqual({ 'a.js': '2', 'b.js': '1' });
    expect(live.project.files[1]).toBe(before[1]);
    await apply('b.js', 'a.js');
    expect(texts()).toEqual({ 'a.js': '2', 'b.js': '2' });
  });

  it('reads files of settings that are new, have changed or are gone', async () => {
    const { folder, live, apply } = await open({ 'a.js': '1' });
    const settings = (): string[] => live.project.settings.map(({ path, text }) => `${path} ${text}`);
    folder.write({ '.env': 'A=1' });
    await apply('.env');
    expect(settings()).toEqual(['.env A=1']);
    folder.write({ '.env': 'A=2' });
    expect(await apply('.env')).toBe(false);
    expect(settings()).toEqual(['.env A=2']);
    rmSync(join(folder.path, '.env'));
    await apply('.env');
    expect(settings()).toEqual([]);
    folder.write({ 'package.json': '{}' });
    expect(await apply('package.json')).toBe(true);
    folder.write({ 'package.json': '{"name":"a"}' });
    await apply('package.json');
    expect(settings()).toEqual(['package.json {"name":"a"}']);
  });

  it('stays the same where nothing is new', async () => {
    const { folder, live, apply } = await open({ 'a.js': '1', 'README.md': '' });
    const { project } = live;
    folder.write({ 'a.test.js': '', 'README.md': 'x', 'node_modules/a/b.js': '' });
    expect(await apply('a.js', 'a.test.js', 'README.md', 'node_modules/a/b.js', '4913', '.a.js.swp')).toBe(
      false,
    );
    expect(live.project).toBe(project);
  });

  it('finds new files and folders, and loses those that are gone', async () => {
    const { folder, apply, texts } = await open({ 'a.js': '1', 'sub/b.js': '1' });
    folder.write({ 'c.js': '1', 'new/deep/d.py': '1' });
    await apply('c.js');
    await apply('new');
    expect(Object.keys(texts())).toEqual(['a.js', 'c.js', 'new/deep/d.py', 'sub/b.js']);
    rmSync(join(folder.path, 'c.js'));
    rmSync(join(folder.path, 'sub'), { recursive: true });
    await apply('c.js', 'sub');
    expect(Object.keys(texts())).toEqual(['a.js', 'new/deep/d.py']);
  });

  it('leaves a file out that is no source any more, and says so', async () => {
    const { folder, live, apply, texts } = await open({ 'a.js': '1', 'b.js': '1' });
    folder.write({ 'a.js': '\u0000' });
    await apply('a.js');
    expect(Object.keys(texts())).toEqual(['b.js']);
    expect(live.project.notices).toMatchObject([{ code: 'scan/skipped-binary' }]);
    folder.write({ 'a.js': '2' });
    await apply('a.js');
    expect(texts()).toEqual({ 'a.js': '2', 'b.js': '1' });
  });

  it('reads settings again, also those above', async () => {
    const { folder, live, apply, texts } = await open({ 'sub/a.js': '1', 'sub/b.js': '1' }, {}, 'sub');
    folder.write({
      'bulwark.config.json': '{ "scan": { "severity": "high", "paths": { "exclude": ["b.js"] } } }',
    });
    expect(await apply('bulwark.config.json')).toBe(true);
    expect(live.config.severity).toBe('high');
    expect(Object.keys(texts())).toEqual(['sub/a.js']);
    folder.write({ '.gitignore': 'a.js\n', 'sub/tsconfig.json': '{}' });
    expect(await apply('.gitignore')).toBe(false);
    expect(texts()).toEqual({});
    expect(await apply('sub/tsconfig.json')).toBe(true);
  });

  it('goes on with the settings before where the new ones cannot be used, and reads files all the same', async () => {
    const { folder, live, apply, texts } = await open({ 'a.js': '1', 'bulwark.config.json': '{}' });
    folder.write({ 'bulwark.config.json': '{ "scan": { "severty": "high" } }', 'a.js': '2' });
    await expect(apply('bulwark.config.json', 'a.js')).rejects.toThrow('severty is not a setting');
    expect(texts()).toEqual({ 'a.js': '2' });
    folder.write({ 'bulwark.config.json': '{ "scan": { "severity": "high" } }' });
    await apply('bulwark.config.json');
    expect(live.config.severity).toBe('high');
  });

  it('opens with the defaults, if somebody is told', async () => {
    const folder = createFolder({ '.git/HEAD': '', 'a.js': '', 'bulwark.config.json': '[]' });
    folders.push(folder);
    const opened = { cwd: folder.path, options: { paths: [], only: [], skip: [] } };
    await expect(openLiveProject(opened)).rejects.toThrow('is not an object');
    const told: unknown[] = [];
    const live = await openLiveProject({ ...opened, onMistake: (problem) => told.push(problem) });
    expect(told).toMatchObject([{ code: 'scan/config' }]);
    expect(live.config.severity).toBe('low');
  });

  it('follows the folders that are scanned and those above, and no link', async () => {
    const { folder, live, apply } = await open(
      {
        'src/a/b.js': '',
        'src/node_modules/c/d.js': '',
        'src/.gitignore': 'out/\n',
        'src/out/e.js': '',
        'other/f.js': '',
      },
      { paths: ['src'] },
    );
    symlinkSync('..', join(folder.path, 'src/a/loop'));
    mkdirSync(join(folder.path, 'src/empty'));
    const before = live.folders;
    await apply('src/empty');
    expect(live.folders).not.toBe(before);
    const at = (...paths: readonly string[]): string[] => paths.map((path) => join(folder.path, path));
    expect([...live.folders.below].sort()).toEqual(at('src', 'src/a', 'src/empty'));
    expect(live.folders).toMatchObject({ tops: at('src'), single: at(''), isCut: false });
  });
});

describe('withTexts', () => {
  it('stands for the texts of files that are there, and for what is read beside them', async () => {
    const { live } = await open({ 'a.js': '1', 'package.json': '{}' });
    const texts = new Map([
      ['a.js', '2'],
      ['b.js', '2'],
      ['package.json', '{ "type": "module" }'],
    ]);
    const typed = withTexts(live.project, texts);
    expect(typed.files).toMatchObject([{ path: 'a.js', text: '2' }]);
    expect(typed.settings).toEqual([{ path: 'package.json', text: '{ "type": "module" }' }]);
    expect(typed.read('package.json')).toContain('module');
    expect(live.project.read('package.json')).toBe('{}');
    expect(hasSameFiles(typed, live.project)).toBe(false);
    texts.delete('b.js');
    expect(hasSameFiles(typed, withTexts(live.project, texts))).toBe(true);
  });
});

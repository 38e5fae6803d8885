import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFolder, type Folder, repositoryFolders } from '../testing/folder.ts';
import { discover } from './discover.ts';
import { findRoot } from './find-root.ts';
import type { PathRules } from './path-judge.ts';
import type { Project } from './project.ts';

const folderOf = repositoryFolders();

const everything: PathRules = { include: [], exclude: [], tests: 'skip' };

function scan(folder: Folder, paths: readonly string[] = [], rules: Partial<PathRules> = {}): Project {
  return discover(findRoot(folder.path, paths), { ...everything, ...rules });
}

function found(folder: Folder, paths?: readonly string[], rules?: Partial<PathRules>): string[] {
  return scan(folder, paths, rules).files.map(({ path }) => path);
}

function codes(project: Project): string[] {
  return project.notices.map(({ code, message }) => `${code} ${/(?<=\): ).*$/.exec(message)?.[0]}`);
}

describe('discover', () => {
  const folder = folderOf({
    'b.ts': '1',
    'a.py': '1',
    'a/z.vue': '1',
    'a/y.html': '1',
    'types.d.ts': '1',
    'stub.pyi': '1',
    'README.md': '1',
    'node_modules/x/index.js': '1',
    'vendor/x.js': '1',
    'lib.min.js': '1',
    'x_pb2.py': '1',
    'test/a.js': '1',
    'a/test_a.py': '1',
    'a.test.ts': '1',
  });

  it('finds code and templates, in the order of their paths, and says what it left out', () => {
    const project = scan(folder);
    expect(project.files.map(({ path, language }) => `${path} ${language}`)).toEqual([
      'a.py python',
      'a/y.html template',
      'a/z.vue template',
      'b.ts javascript',
    ]);
    expect(codes(project)).toEqual([
      'scan/skipped-dependencies node_modules/',
      'scan/skipped-generated x_pb2.py',
      'scan/skipped-minified lib.min.js',
      'scan/skipped-tests a.test.ts, a/test_a.py, test/',
      'scan/skipped-vendored vendor/',
    ]);
    expect(scan(folder)).toEqual({ ...project, read: expect.any(Function) });
  });

  it('skips folders named after a kind of tests, but no feature with tests in its name', () => {
    const named = createFolder({
      'integration_tests/a.py': '1',
      'app-e2e-tests/a.ts': '1',
      'ab_tests/a.py': '1',
    });
    onTestFinished(() => named.remove());
    expect(found(named)).toEqual(['ab_tests/a.py']);
  });

  it('leaves out copies of published packages of Python, but no package that has a module of such a name', () => {
    const unpacked = folderOf({
      'app.py': '1',
      'lib/certifi/__init__.py': '1',
      'lib/cherrypy/__init__.py': '1',
      'lib/mako/__init__.py': '1',
      'lib/six.py': '1',
      'tracing/__init__.py': '1',
      'tracing/flask.py': '1',
      'tracing/requests.py': '1',
      'tracing/tornado.py': '1',
      'tracing/urllib3.py': '1',
    });
    const project = scan(unpacked);
    expect(project.files.map(({ path }) => path)).toEqual([
      'app.py',
      'tracing/__init__.py',
      'tracing/flask.py',
      'tracing/requests.py',
      'tracing/tornado.py',
      'tracing/urllib3.py',
    ]);
    expect(codes(project)).toEqual(['scan/skipped-vendored lib/']);
    expect(found(unpacked, ['lib'])).toContain('lib/six.py');
  });

  it('scans tests where it is told to', () => {
    expect(found(folder, [], { tests: 'scan' })).toEqual([
      'a.py',
      'a.test.ts',
      'a/test_a.py',
      'a/y.html',
      'a/z.vue',
      'b.ts',
      'test/a.js',
    ]);
  });

  it('scans what is named itself, once, with paths from the root', () => {
    expect(found(folder, ['a', 'a/z.vue', 'lib.min.js', 'vendor', 'test', 'a.test.ts'])).toEqual([
      'a.test.ts',
      'a/y.html',
      'a/z.vue',
      'lib.min.js',
      'test/a.js',
      'vendor/x.js',
    ]);
    expect(codes(scan(folder, ['README.md']))).toEqual(['scan/skipped-language README.md']);
    expect(() => scan(folder, ['none'])).toThrow('"none" does not exist.');
  });

  it('takes and leaves out by the configuration', () => {
    expect(found(folder, [], { include: ['a/', '*.ts'], exclude: ['*.vue'] })).toEqual(['a/y.html', 'b.ts']);
  });

  it('leaves out what git ignores, by the nearest file that says so', () => {
    const ignoring = folderOf({
      '.gitignore': 'dist/\n*.gen.js\n/top.js\n',
      '.git/info/exclude': 'private.js\n',
      'dist/a.js': '1',
      'a.gen.js': '1',
      'top.js': '1',
      'private.js': '1',
      'sub/top.js': '1',
      'sub/.gitignore': '!b.gen.js\nc.js\n',
      'sub/a.gen.js': '1',
      'sub/b.gen.js': '1',
      'sub/c.js': '1',
    });
    expect(found(ignoring)).toEqual(['sub/b.gen.js', 'sub/top.js']);
    expect(found(ignoring, ['sub'])).toEqual(['sub/b.gen.js', 'sub/top.js']);
    expect(found(ignoring, ['dist'])).toEqual(['dist/a.js']);
  });

  it('reads the exclusions of a work tree beside the first one', () => {
    const main = folderOf({ '.git/info/exclude': 'private.js\n' });
    const beside = folderOf({ 'private.js': '1', 'a.js': '1' });
    rmSync(join(beside.path, '.git'), { recursive: true });
    beside.write({ '.git': `gitdir: ${main.path}/.git/worktrees/beside\n` });
    expect(found(beside)).toEqual(['a.js']);
  });

  it('judges texts: minified, generated, binary, huge', () => {
    const texts = folderOf({
      'minified.js': 'var a=1;'.repeat(1000),
      'short-line.js': 'var a=1;'.repeat(100),
      'generated.py': '# Generated by a tool. DO NOT EDIT.\nx = 1\n',
      'said.py': 'x = "generated by me, do not edit"\n',
      'binary.js': 'a\u0000b',
      'huge.js': `${'// line\n'.repeat(300_000)}`,
      'data.py': `x = "${'a'.repeat(9000)}"\n`,
      // A payload that nobody sees is what the scan is for.
      'hidden.js': `const text = '${'\u200b\ufe01'.repeat(9000)}';\n`,
    });
    expect(found(texts)).toEqual(['data.py', 'hidden.js', 'said.py', 'short-line.js']);
    expect(codes(scan(texts))).toContain('scan/skipped-huge huge.js');
  });

  it('leaves out copies of published libraries, not the project that publishes one', () => {
    const banner = '/*! Grid Tables v1.10.16\n * (c) 2020 Some Company, MIT */\n';
    const files = {
      'static/tables.js': `${banner}(function () {})();\n`,
      'static/put-together.js': `${banner}(function () {})();\n/*! Menus v2.1 */\n(function () {})();\nstart();\n`,
      'static/own.js': '/* Copyright 2020. Licensed under the Apache License, Version 2.0 */\n',
      'static/late.js': `start();\n${banner}`,
      'static/versioned.js': '// Works with jQuery v1.4. Copyright by us.\n',
    };
    const own = ['static/late.js', 'static/own.js', 'static/put-together.js', 'static/versioned.js'];
    const shop = folderOf({ ...files, 'requirements.txt': 'django' });
    expect(found(shop)).toEqual(own);
    expect(found(shop, ['static/tables.js'])).toEqual(['static/tables.js']);
    expect(codes(scan(shop))).toContain('scan/skipped-vendored static/tables.js');
    expect(found(folderOf({ ...files, 'package.json': '{"name": "shop"}' }))).toEqual(own);
    expect(found(folderOf({ ...files, 'package.json': '{"name": "@some/grid-tables"}' }))).toHaveLength(5);
    expect(found(folderOf({ ...files, 'setup.cfg': '[metadata]\nname = grid-tables' }))).toHaveLength(5);
    expect(found(folderOf({ ...files, 'pyproject.toml': '[project]\nname = "shop"' }))).toEqual(own);
    expect(found(folderOf(files))).toHaveLength(5);
  });

  it('follows no link, in a circle or out', () => {
    const linked = folderOf({ 'a/a.js': '1' });
    symlinkSync(linked.path, join(linked.path, 'a/loop'));
    symlinkSync('/etc', join(linked.path, 'out'));
    symlinkSync('loop2', join(linked.path, 'loop2'));
    symlinkSync('/etc/hostname', join(linked.path, 'out.js'));
    const project = scan(linked);
    expect(project.files.map(({ path }) => path)).toEqual(['a/a.js']);
    expect(codes(project)).toContain('scan/skipped-link a/loop, loop2, out, ...');
    expect(project.read('out.js')).toBeUndefined();
    expect(project.read('../../etc/hostname')).toBeUndefined();
    expect(project.read('a/a.js')).toBe('1');
  });

  it('ends in folders that go deeper than any of a person', () => {
    const deep = folderOf({ 'a.js': '1' });
    mkdirSync(join(deep.path, 'd/'.repeat(150)), { recursive: true });
    expect(codes(scan(deep)).join()).toContain('scan/skipped-deep');
  });
});

describe('findRoot', () => {
  it('is the repository, else the current folder, else what holds all paths', () => {
    const plain = createFolder({ 'a/x/b.js': '', 'a/y.js': '' });
    onTestFinished(plain.remove);
    const inside = folderOf({ 'a/b.js': '' });
    expect(findRoot(join(inside.path, 'a'), []).root).toBe(inside.path);
    expect(findRoot('/', [inside.path]).root).toBe(inside.path);
    expect(findRoot(plain.path, ['a']).root).toBe(plain.path);
    expect(findRoot(inside.path, [join(plain.path, 'a/x/b.js'), join(plain.path, 'a/y.js')]).root).toBe(
      join(plain.path, 'a'),
    );
  });
});

describe('files of settings', () => {
  const folder = folderOf({
    '.gitignore': '.env\n',
    '.env': 'A=1',
    '.env.production': 'A=1',
    'config/a.json': '{}',
    'data.json': '{}',
    'a.yml': 'a: 1',
    'package-lock.json': '{}',
    'locales/de.yml': 'a: 1',
    'test/b.yml': 'a: 1',
    'large.yml': 'a'.repeat(513 * 1024),
    'binary.key': 'a\u0000',
    'a.ts': '1',
  });
  const settings = (paths?: readonly string[], rules?: Partial<PathRules>): string[] =>
    scan(folder, paths, rules).settings.map(({ path }) => path);

  it('are found by their names, apart from code, and not what git ignores', () => {
    expect(settings()).toEqual(['.env.production', 'a.yml', 'config/a.json']);
    expect(found(folder)).toEqual(['a.ts']);
    expect(codes(scan(folder))).toEqual(['scan/skipped-ignored .env', 'scan/skipped-tests test/']);
  });

  it('are read where they are named, and not where the configuration leaves them out', () => {
    expect(settings(['.env'])).toEqual(['.env']);
    expect(settings([], { exclude: ['config/'] })).toEqual(['.env.production', 'a.yml']);
  });
});

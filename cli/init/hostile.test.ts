import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, initProjects } from './testing/try-init.ts';

const { project, init } = initProjects();
const manifest = JSON.stringify({ dependencies: { express: '5' } });
const app = "const express = require('express');\nconst app = express();\nmodule.exports = app;\n";

describe('a project that is broken gets a sentence, and nothing is written', () => {
  it.each([
    ['no package.json', {}, 'has no package.json'],
    ['invalid JSON', { 'package.json': '{ "name": ' }, 'package.json is not valid JSON'],
    ['a list', { 'package.json': '[]' }, 'package.json is not an object'],
    [
      'a monorepo',
      { 'package.json': '{"workspaces":["apps/*"]}', 'apps/api/package.json': '{}' },
      'This is the root of a monorepo',
    ],
    [
      'a huge package.json',
      { 'package.json': `{"x":"${'x'.repeat(3_000_000)}"}` },
      'package.json is larger than 2 MB',
    ],
    [
      'a deep package.json',
      { 'package.json': `{"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
      'package.json is nested too deeply',
    ],
  ])('%s', async (_case, files, said) => {
    const folder = project(files);
    const before = filesOf(folder.path);
    await expect(init(folder)).rejects.toThrow(said);
    expect(filesOf(folder.path)).toEqual(before);
  });

  it('a package.json that leads out of the folder (CWE-59)', async () => {
    const outside = project({ 'package.json': manifest });
    const folder = project({ 'app.js': app });
    symlinkSync(join(outside.path, 'package.json'), join(folder.path, 'package.json'));
    await expect(init(folder)).rejects.toThrow('package.json is a link that leads out of the folder');
    expect(readFileSync(join(outside.path, 'package.json'), 'utf8')).toBe(manifest);
  });

  it('a folder for tests that leads out of the folder (CWE-59)', async () => {
    const outside = project({});
    const before = filesOf(outside.path);
    const folder = project({ 'package.json': manifest, 'app.js': app });
    symlinkSync(outside.path, join(folder.path, 'test'));
    await expect(init(folder)).rejects.toThrow('test/bulwark.test.js leads out of the folder');
    expect(filesOf(outside.path)).toEqual(before);
    expect(readFileSync(join(folder.path, 'app.js'), 'utf8')).toBe(app);
  });

  it('package.json in Latin-1', async () => {
    const folder = project({ 'app.js': app });
    writeFileSync(join(folder.path, 'package.json'), Buffer.from('{"name":"caf\u00e9"}', 'latin1'));
    await expect(init(folder)).rejects.toThrow('package.json is not UTF-8');
  });

  it('a file that is not a folder', async () => {
    await expect(init({ path: import.meta.filename, write: () => {}, remove: () => {} })).rejects.toThrow(
      'is not a folder',
    );
  });
});

describe('init undoes what it wrote if the rest fails', () => {
  it('with a folder in the place of a file', async () => {
    const folder = project({ 'package.json': manifest, 'app.js': app });
    const before = filesOf(folder.path);
    const answer = async (): Promise<boolean> => {
      rmSync(join(folder.path, 'app.js'));
      folder.write({ 'app.js/x': '' });
      return true;
    };
    await expect(init(folder, { mode: 'ask' }, answer)).rejects.toThrow('Nothing was written');
    expect(filesOf(folder.path)['package.json']).toBe(before['package.json']);
    expect(Object.keys(filesOf(folder.path))).not.toContain('test/bulwark.test.js');
  });

  it('with a file that is read-only', async () => {
    const folder = project({ 'package.json': manifest, 'app.js': app });
    chmodSync(folder.path, 0o755);
    chmodSync(join(folder.path, 'app.js'), 0o444);
    const before = filesOf(folder.path);
    const isRoot = process.geteuid?.() === 0;
    // Everything is writable for root.
    if (isRoot) process.seteuid?.(65_534);
    try {
      await expect(init(folder)).rejects.toThrow('Nothing was written');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect(filesOf(folder.path)).toEqual(before);
  });
});

describe('what init cannot read is named, and left alone', () => {
  it('a file with a syntax error', async () => {
    const folder = project({ 'package.json': manifest, 'app.js': `${app}const = express;\n` });
    const { text } = await init(folder);
    expect(text).toContain("app.js can't be parsed");
    expect(readFileSync(join(folder.path, 'app.js'), 'utf8')).toContain('const = express');
  });

  it('a YAML file with an error', async () => {
    const text = 'stages: [test\nx: y: z\n';
    const folder = project({ 'package.json': manifest, 'app.js': app, '.gitlab-ci.yml': text });
    const { text: said } = await init(folder);
    expect(said).toContain("Scan in CI, by hand. .gitlab-ci.yml can't be changed safely.");
    expect(readFileSync(join(folder.path, '.gitlab-ci.yml'), 'utf8')).toBe(text);
  });

  it('a source file that leads out of the folder', async () => {
    const outside = project({ 'app.js': app });
    const folder = project({ 'package.json': manifest });
    symlinkSync(join(outside.path, 'app.js'), join(folder.path, 'app.js'));
    const { text } = await init(folder);
    expect(text).toContain('No variable that holds `express()` was found');
    expect(readFileSync(join(outside.path, 'app.js'), 'utf8')).toBe(app);
  });
});

describe('what a project says does not steer the terminal (CWE-150)', () => {
  it('in the diff, in notes and in errors', async () => {
    const steering = '\u001b]0;owned\u0007\u202e';
    const files = { 'package.json': manifest, 'app.js': app.replace('module', `// ${steering}\nmodule`) };
    const { text } = await init(project({ ...files, [`b${steering}.js`]: "require('express'); const = 1" }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not appear.
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
    expect(text).toContain('\\u{1b}]0;owned');
  });
});

describe('names of files are no code (CWE-94, CWE-78)', () => {
  it.each(["a';import('x')//.js", 'a\\.js', 'a\n.js'])('in a test of %j', async (name) => {
    const folder = project({ 'package.json': manifest, [name]: app });
    const { code, text } = await init(folder);
    expect(code).toBe(0);
    expect(text).toContain('No test was added');
    expect(Object.keys(filesOf(folder.path)).join()).not.toContain('bulwark.test');
  });

  it('in a script', async () => {
    const files = {
      'package.json': '{ "dependencies": { "express": "5" }, "devDependencies": { "tsx": "4" } }',
      'app.ts': "import express from 'express';\nconst app = express();\nexport default app;\n",
    };
    const hostile = project({ ...files, '$(x);y/a.test.ts': '' });
    await init(hostile);
    expect(readFileSync(join(hostile.path, 'package.json'), 'utf8')).not.toContain('$(');
    const usual = project({ ...files, 'own-tests/a.test.ts': '' });
    await init(usual);
    expect(readFileSync(join(usual.path, 'package.json'), 'utf8')).toContain(
      '--test own-tests/bulwark.test.ts',
    );
  });

  it('and may have spaces and letters of any language', async () => {
    const folder = project({ 'package.json': manifest, 'mein caf\u00e9/app [1].js': app });
    await init(folder);
    expect(filesOf(folder.path)['test/bulwark.test.js']).toContain("require('../mein caf\u00e9/app [1]')");
  });
});

describe('settings of the repository run no program (CWE-78)', () => {
  const repository = (filter: string): { folder: ReturnType<typeof project>; ran: () => boolean } => {
    const folder = project({
      'package.json': manifest,
      'app.js': app,
      '.gitattributes': `* filter=${filter}\n`,
    });
    rmSync(join(folder.path, '.git'), { recursive: true });
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], {
        cwd: folder.path,
      });
    };
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'x');
    const mark = join(project({}).path, 'ran');
    for (const kind of ['clean', 'process'])
      git('config', `filter.${filter}.${kind}`, `touch '${mark}'; cat`);
    git('config', `filter.${filter}.required`, 'true');
    git('config', 'core.fsmonitor', `touch '${mark}'`);
    // Of the same size, so that git has to read it.
    folder.write({ 'app.js': app.replaceAll('app', 'APP') });
    return { folder, ran: () => existsSync(mark) };
  };

  it.each(['x', 'a=b', 'a.b'])('of filters: %s', async (filter) => {
    const { folder, ran } = repository(filter);
    const { code, text } = await init(folder);
    expect(code).toBe(0);
    if (filter !== 'a=b') expect(text).toContain('uncommitted changes');
    expect(ran()).toBe(false);
    // Git itself runs them, and may fail over what they answer.
    spawnSync('git', ['status', '--porcelain'], { cwd: folder.path });
    expect(ran()).toBe(true);
  });
});

describe('names that are also properties of objects', () => {
  it.each(['__proto__', 'constructor', 'toString'])('%s as a dependency and a script', async (name) => {
    const text = `{ "scripts": { "${name}": "x" }, "dependencies": { "${name}": "1", "express": "5" } }`;
    const { code } = await init(project({ 'package.json': text, 'app.js': app }), { mode: 'dry-run' });
    expect(code).toBe(0);
  });
});

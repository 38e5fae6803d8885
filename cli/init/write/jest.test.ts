import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { filesOf, initProjects } from '../testing/try-init.ts';

const { project, init } = initProjects();
const manifest = (fields: object = {}): string =>
  `${JSON.stringify({ scripts: { test: 'jest' }, dependencies: { express: '5' }, devDependencies: { jest: '30', typescript: '6' }, ...fields }, null, 2)}\n`;
const app = "const express = require('express');\nconst app = express();\nmodule.exports = app;\n";
const bulwark = '/node_modules/(?:bulwark|@noble/hashes|parse5|entities)/.+\\.js$';
const ignored = ['/node_modules/(?!(?:\\.pnpm|bulwark|@noble/hashes|parse5|entities)/)'];
const ours = { [bulwark]: '<rootDir>/jest-esm.cjs' };
const usual = { '\\.[jt]sx?$': 'babel-jest' };

/** What a configuration in CommonJS exports, with the order of its transforms. */
function exported(text: string): unknown {
  const module = { exports: {} };
  runInNewContext(text, { module, require: () => ({ ours: 1 }) });
  return JSON.parse(JSON.stringify(module.exports));
}

describe('Jest can load Bulwark', () => {
  it.each([
    ['an object', 'module.exports = {};\n', { transform: { ...ours, ...usual } }],
    [
      'in one line',
      'module.exports = { clearMocks: true }\n',
      { transform: { ...ours, ...usual }, clearMocks: true },
    ],
    [
      'a constant, as jest --init writes it',
      '/** @type {import(\'jest\').Config} */\nconst config = {\n  // verbose: true,\n  testEnvironment: "node",\n};\n\nmodule.exports = config;\n',
      { transform: { ...ours, ...usual }, testEnvironment: 'node' },
    ],
    [
      'a preset, whose transforms are added by Jest',
      "module.exports = {\n  preset: 'ts-jest',\n};\n",
      { transform: ours, preset: 'ts-jest' },
    ],
    [
      'transforms from elsewhere, as ts-jest writes it',
      "const shared = require('ts-jest');\nmodule.exports = {\n  transform: {\n    ...shared,\n  },\n};\n",
      { transform: { ...ours, ours: 1 } },
    ],
    [
      'another root',
      "module.exports = {\n  rootDir: 'src',\n};\n",
      { transform: { [bulwark]: '<rootDir>/../jest-esm.cjs', ...usual }, rootDir: 'src' },
    ],
  ])('with jest.config.js: %s', async (_case, config, expected) => {
    const folder = project({ 'package.json': manifest(), 'app.js': app, 'jest.config.js': config });
    const { text } = await init(folder);
    expect(text).not.toContain('by hand. Jest');
    const files = filesOf(folder.path);
    const { transformIgnorePatterns, ...rest } = exported(files['jest.config.js'] ?? '') as Record<
      string,
      unknown
    >;
    expect(transformIgnorePatterns).toEqual(ignored);
    expect(rest).toEqual(expected);
    expect(Object.keys(rest['transform'] ?? {})[0]).toBe(bulwark);
    expect(files['app.js']).toContain('bulwark(');
    expect(files['jest-esm.cjs']).toContain('transpileModule');
    expect((await init(folder)).text).toContain('Nothing to change.');
    expect(filesOf(folder.path)).toEqual(files);
  });

  it('with jest.config.ts', async () => {
    const config =
      "import type { Config } from 'jest';\n\nexport default {\n  verbose: true,\n} satisfies Config;\n";
    const folder = project({ 'package.json': manifest(), 'app.js': app, 'jest.config.ts': config });
    await init(folder);
    expect(filesOf(folder.path)['jest.config.ts']).toBe(
      config.replace(
        '{\n  v',
        () =>
          `{\n  transform: {\n    '${bulwark.replace('\\', '\\\\')}': '<rootDir>/jest-esm.cjs',\n    '\\\\.[jt]sx?$': 'babel-jest',\n  },\n  transformIgnorePatterns: ['${ignored.join().replace('\\', '\\\\')}'],\n  v`,
      ),
    );
  });

  it('without a configuration', async () => {
    const folder = project({ 'package.json': manifest(), 'app.js': app });
    await init(folder);
    const files = filesOf(folder.path);
    expect(JSON.parse(files['package.json'] ?? '').jest).toEqual({
      transformIgnorePatterns: ignored,
      transform: { ...ours, ...usual },
    });
    expect((await init(folder)).text).toContain('Nothing to change.');
  });

  it('with a configuration that a script names', async () => {
    const scripts = { test: 'jest --config config/unit.json' };
    const folder = project({
      'package.json': manifest({ scripts }),
      'app.js': app,
      'config/unit.json': '{}',
    });
    await init(folder);
    expect(JSON.parse(filesOf(folder.path)['config/unit.json'] ?? '').transform).toEqual({
      [bulwark]: '<rootDir>/../jest-esm.cjs',
      ...usual,
    });
  });
});

describe("what would break the project's tests is not written", () => {
  it.each([
    ['a function', { 'jest.config.js': 'module.exports = async () => ({});\n' }, 'jest.config.js'],
    ['spread', { 'jest.config.js': 'module.exports = { ...shared };\n' }, 'jest.config.js'],
    [
      'patterns of its own',
      { 'jest.config.js': 'module.exports = { transformIgnorePatterns: [] };\n' },
      'jest.config.js',
    ],
    ['projects', { 'jest.config.json': '{ "projects": [] }' }, 'jest.config.json'],
    ['a syntax error', { 'jest.config.js': 'module.exports = {' }, 'jest.config.js'],
    ['invalid JSON', { 'jest.config.json': '{' }, 'jest.config.json'],
    [
      'deep JSON',
      { 'jest.config.json': `{"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
      'jest.config.json',
    ],
    ['a list', { 'jest.config.json': '[]' }, 'jest.config.json'],
    [
      'outside',
      { 'package.json': manifest({ scripts: { test: 'jest -c ../jest.config.js' } }) },
      '../jest.config.js',
    ],
    ['a path in package.json', { 'package.json': manifest({ jest: './jest.json' }) }, 'package.json'],
  ])('%s', async (_case, files, named) => {
    const folder = project({ 'package.json': manifest(), 'app.js': app, ...files });
    const { code, text } = await init(folder);
    expect(code).toBe(0);
    expect(text).toContain(`init can't change ${named} with certainty`);
    const after = filesOf(folder.path);
    expect(after).toMatchObject({
      'app.js': app,
      ...(named === 'package.json' ? {} : { ...files, 'package.json': after['package.json'] }),
    });
    expect(Object.keys(after)).not.toContain('jest-esm.cjs');
    expect(Object.keys(after).join()).not.toContain('bulwark.test');
  });

  it('a link to a shared configuration (CWE-59)', async () => {
    const shared = project({ 'jest.config.js': 'module.exports = {};\n' });
    const folder = project({ 'package.json': manifest(), 'app.js': app });
    symlinkSync(join(shared.path, 'jest.config.js'), join(folder.path, 'jest.config.js'));
    expect((await init(folder)).text).toContain("init can't change jest.config.js with certainty");
    expect(filesOf(folder.path)['app.js']).toBe(app);
    expect(filesOf(shared.path)['jest.config.js']).toBe('module.exports = {};\n');
  });

  it('without TypeScript, until it is there', async () => {
    const folder = project({ 'package.json': manifest({ devDependencies: { jest: '30' } }), 'app.js': app });
    expect((await init(folder)).text).toContain('npm install --save-dev typescript');
    expect(filesOf(folder.path)['app.js']).toBe(app);
  });

  it('and is written as soon as the configuration names the transform', async () => {
    const config = "module.exports = async () => ({ transform: { x: '<rootDir>/jest-esm.cjs' } });\n";
    const folder = project({ 'package.json': manifest(), 'app.js': app, 'jest.config.js': config });
    await init(folder);
    const files = filesOf(folder.path);
    expect(files['jest.config.js']).toBe(config);
    expect(files['app.js']).toContain('bulwark(');
    expect(files['jest-esm.cjs']).toContain('transpileModule');
  });
});

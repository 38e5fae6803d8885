import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFolder } from '../testing/folder.ts';
import { findConfig, loadConfig } from './find-config.ts';
import { readConfig } from './read-config.ts';
import { defaultConfig } from './scan-config.ts';

const folder = createFolder({ '.git/HEAD': '' });
afterAll(() => folder.remove());

describe('readConfig', () => {
  it('knows every setting', () => {
    const value = {
      scan: {
        rules: { only: ['sql/*'], skip: ['log/injection'] },
        severity: 'medium',
        confidence: 'high',
        paths: { include: ['src/'], exclude: ['*.gen.ts'] },
        tests: 'scan',
        hardening: 'show',
        models: ['models.json'],
        baseline: '../base.json',
      },
    };
    expect(readConfig(value, 'f', '/a/b')).toEqual({
      only: ['sql/*'],
      skip: ['log/injection'],
      severity: 'medium',
      confidence: 'high',
      include: ['src/'],
      exclude: ['*.gen.ts'],
      tests: 'scan',
      hardening: 'show',
      models: ['/a/b/models.json'],
      baseline: '/a/base.json',
    });
  });

  it.each([{}, { scan: {} }, { scan: null }, null, { $schema: 'x', scan: { rules: {}, paths: null } }])(
    'has defaults for %j',
    (value) => expect(readConfig(value, 'f', '/')).toEqual(defaultConfig),
  );

  it.each([
    [[], 'f: its content is not an object.', 'Its settings are scan.'],
    [{ scann: {} }, 'f: scann is not a setting.', 'Did you mean scan?'],
    [{ scan: { severty: 'low' } }, 'f: scan.severty is not a setting.', 'Did you mean severity?'],
    [
      { scan: { severity: 'hihg' } },
      'f: scan.severity is "hihg".',
      'Write critical, or high, or medium, or low.',
    ],
    [{ scan: { rules: { only: 'sql/*' } } }, 'f: scan.rules.only is not a list of strings.', 'Write a list'],
    [{ scan: { rules: { zzz: 1 } } }, 'f: scan.rules.zzz is not a setting.', 'Its settings are only, skip.'],
    [
      { scan: { paths: { exclude: ['*a*a*a*a*'] } } },
      'f: scan.paths.exclude has "*a*a*a*a*"',
      'at most three',
    ],
    [{ scan: { baseline: 7 } }, 'f: scan.baseline is not a file path.', 'Write a path'],
  ])('refuses %j', (value, what, fix) => {
    expect(() => readConfig(value, 'f', '/')).toThrow(
      expect.objectContaining({
        code: 'scan/config',
        message: expect.stringContaining(what),
        fix: expect.stringContaining(fix),
      }),
    );
  });
});

describe('findConfig', () => {
  it('goes up to the root of the repository, and no further', () => {
    const inner = join(folder.path, 'repository/a/b');
    mkdirSync(inner, { recursive: true });
    folder.write({ 'bulwark.config.json': '{}' });
    expect(findConfig(inner)).toBe(join(folder.path, 'bulwark.config.json'));
    folder.write({ 'repository/.git/HEAD': '' });
    expect(findConfig(inner)).toBeUndefined();
    folder.write({ 'repository/a/bulwark.config.yaml': '' });
    expect(findConfig(inner)).toBe(join(folder.path, 'repository/a/bulwark.config.yaml'));
    folder.write({ 'repository/a/bulwark.config.json': '{}' });
    expect(() => findConfig(inner)).toThrow('is next to');
    rmSync(join(folder.path, 'repository'), { recursive: true });
  });
});

describe('loadConfig', () => {
  const scan = { scan: { severity: 'high' } };
  it.each([
    ['a.json', JSON.stringify(scan)],
    ['a.yaml', 'scan:\n  severity: high\n'],
    ['a.yml', 'scan: { severity: high }\n'],
    ['a.mjs', `export default ${JSON.stringify(scan)};\n`],
  ])('reads %s', async (name, text) => {
    folder.write({ [name]: text });
    expect(await loadConfig(join(folder.path, name))).toMatchObject({ severity: 'high' });
  });

  it.each([
    ['bad.json', '{"a"', 'cannot be read'],
    ['bad.yaml', 'a: [', 'at line 1'],
    ['many.yaml', `a: &a [x]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]\n`, 'cannot be read'],
    ['bad.mjs', 'export const a = 1;', 'no default export'],
    ['throws.mjs', 'throw new Error("so it is")', 'so it is'],
    ['a.toml', '', 'its name does not end'],
  ])('says what is wrong with %s', async (name, text, what) => {
    folder.write({ [name]: text });
    await expect(loadConfig(join(folder.path, name))).rejects.toThrow(what);
  });

  it('says that one is not there', async () => {
    await expect(loadConfig(join(folder.path, 'none.json'))).rejects.toThrow('does not exist');
  });
});

import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolder, type Folder } from '../testing/folder.ts';
import { findConfig, loadConfig } from './find-config.ts';
import { runConfig } from './run-config.ts';
import { defaultConfig } from './scan-config.ts';

let folder: Folder;
beforeEach(() => {
  folder = createFolder({ 'repository/.git/HEAD': '', 'outside/base.json': '{}' });
});
afterEach(() => folder.remove());

const repository = (): string => join(folder.path, 'repository');
const none = { paths: [], only: [], skip: [] };

function write(text: string, path = 'pyproject.toml'): void {
  folder.write({ [`repository/${path}`]: text });
}

const settings = `[project]
name = "shop"

[tool.ruff]
line-length = 100

[tool.bulwark.scan]
severity = "medium"
rules = { skip = ["log/injection"] }
paths.exclude = ["migrations/"]
baseline = "bulwark-baseline.json"
`;

describe('[tool.bulwark] of pyproject.toml', () => {
  it('is the configuration', async () => {
    write(settings);
    expect(await runConfig(none, repository())).toEqual({
      ...defaultConfig,
      severity: 'medium',
      skip: ['log/injection'],
      exclude: ['migrations/'],
      baseline: join(repository(), 'bulwark-baseline.json'),
    });
  });

  it('is found from a folder below, and the nearest configuration counts', () => {
    write(settings);
    mkdirSync(join(repository(), 'api/src'), { recursive: true });
    expect(findConfig(join(repository(), 'api/src'))).toBe(join(repository(), 'pyproject.toml'));
    write('[project]\nname = "api"\n', 'api/pyproject.toml');
    expect(findConfig(join(repository(), 'api/src'))).toBe(join(repository(), 'pyproject.toml'));
    write('{}', 'api/bulwark.config.json');
    expect(findConfig(join(repository(), 'api/src'))).toBe(join(repository(), 'api/bulwark.config.json'));
  });

  it('yields to the command line', async () => {
    write(settings);
    const options = { ...none, minSeverity: 'high', only: ['sql/*'] } as const;
    expect(await runConfig(options, repository())).toMatchObject({ severity: 'high', only: ['sql/*'] });
    expect(await runConfig({ ...none, config: false }, repository())).toEqual(defaultConfig);
  });

  it.each(['bulwark.config.json', 'bulwark.config.yaml'])(
    'is refused beside %s, as one of them would have no effect',
    (name) => {
      write(settings);
      write('', name);
      expect(() => findConfig(repository())).toThrow(expect.objectContaining({ code: 'scan/config' }));
    },
  );

  it.each([
    '[project]\nname = "bulwark"\n',
    '[project]\ndependencies = ["bulwark"]\n[tool.ruff]\n',
    '# [tool.bulwark] is set elsewhere\n[project]\nname = "shop"\n',
    '[tool.bulwarks]\nx = 1\n',
    '[tool]\nname = "bulwark"\n',
    'not toml at all',
    '',
  ])('is not looked for in a file of other tools: %j', async (text) => {
    write(text);
    expect(findConfig(repository())).toBeUndefined();
    expect(await runConfig(none, repository())).toEqual(defaultConfig);
  });

  it.each([
    ['[tool.bulwark.scan]\nseverty = "low"\n', 'tool.bulwark.scan.severty'],
    ['[tool.bulwark]\nseverity = "low"\n', 'tool.bulwark.severity'],
    ['[tool.bulwark.scan]\nseverity = "hihg"\n', 'tool.bulwark.scan.severity'],
    ['[tool.bulwark.scan]\nrules.only = "sql/*"\n', 'tool.bulwark.scan.rules.only'],
    ['[tool]\nbulwark = 7\n', 'tool.bulwark'],
    ['[tool.bulwark.scan]\nseverity = \n', 'line 2'],
    [`[tool.bulwark.scan]\nx = ${'['.repeat(5000)}${']'.repeat(5000)}\n`, 'cannot be read'],
    [`[tool.bulwark.scan]\n# ${'x'.repeat(1_000_001)}\n`, 'more than 1000000 bytes'],
  ])('is refused with its place: %#', async (text, place) => {
    write(text);
    await expect(runConfig(none, repository())).rejects.toMatchObject({
      code: 'scan/config',
      message: expect.stringContaining(place),
    });
  });

  it.each(['../outside/base.json', '/etc/passwd', '.git/hooks/post-checkout'])(
    'names no file outside of the repository: %s',
    async (path) => {
      write(`[tool.bulwark.scan]\nbaseline = "${path}"\n`);
      await expect(runConfig(none, repository())).rejects.toMatchObject({ code: 'scan/config' });
      write(`[tool.bulwark.scan]\nmodels = ["${path}"]\n`);
      await expect(runConfig(none, repository())).rejects.toMatchObject({ code: 'scan/config' });
    },
  );

  it('is not read through a link out of the repository', async () => {
    folder.write({ 'outside/pyproject.toml': settings });
    symlinkSync('../outside/pyproject.toml', join(repository(), 'pyproject.toml'));
    expect(findConfig(repository())).toBeUndefined();
  });

  it('can be named, if it has the table', async () => {
    write(settings);
    expect(await loadConfig(join(repository(), 'pyproject.toml'))).toMatchObject({ severity: 'medium' });
    write('[project]\nname = "shop"\n');
    await expect(loadConfig(join(repository(), 'pyproject.toml'))).rejects.toThrow('no table [tool.bulwark]');
    write(settings, 'other.toml');
    await expect(loadConfig(join(repository(), 'other.toml'))).rejects.toThrow('is not pyproject.toml');
  });

  it('sets nothing on objects, whatever its keys are', async () => {
    write('[tool.bulwark.__proto__]\npolluted = 1\n[tool.bulwark.scan]\nseverity = "low"\n');
    await runConfig(none, repository()).catch(() => undefined);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('ends with settings or a mistake, whatever the file holds', async () => {
    const line = fc.constantFrom(
      '[tool.bulwark]',
      '[tool.bulwark.scan]',
      'severity = "low"',
      '[[tool.bulwark]]',
      'tool.bulwark = 1',
      '[tool]',
      'x = """',
      '\u0000',
      'rules = {only = []}',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(line, fc.string({ maxLength: 20 })), { maxLength: 12 }),
        async (lines) => {
          write(lines.join('\n'));
          try {
            expect(await runConfig(none, repository())).toHaveProperty('severity');
          } catch (error) {
            expect(error).toMatchObject({ code: 'scan/config' });
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

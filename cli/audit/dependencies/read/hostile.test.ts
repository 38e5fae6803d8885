import { describe, expect, it } from 'vitest';
import { createFolder } from '../../../scan/testing/folder.ts';
import { openSubject } from '../../subject/open-subject.ts';
import type { LockFile } from '../package-graph.ts';
import { lockFiles } from './read-lock-files.ts';

const names = [
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'poetry.lock',
  'uv.lock',
  'Pipfile.lock',
  'pdm.lock',
  'pylock.toml',
];

const hostile: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['bytes', 'a\u0000b'],
  ['a word', 'null'],
  ['a list', '[]'],
  ['a map of the wrong shape', '{"packages": 3, "lockfileVersion": "x", "package": {}, "_meta": 1}'],
  ['brackets', '['.repeat(20_000)],
  ['maps', '{"a":'.repeat(20_000)],
  ['deep YAML', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['a file that was cut off', '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}'],
  [
    'an unfinished merge',
    '{\n<<<<<<< HEAD\n"lockfileVersion": 3,\n=======\n"lockfileVersion": 2,\n>>>>>>> other\n"packages": {}}\n',
  ],
];

describe.each(names)('a hostile %s', (name) => {
  it.each(hostile)('of %s is a problem, and no silent empty list', (_, text) => {
    const [lock] = read({ [name]: text, 'package.json': '{"dependencies":{"a":"1"}}' });
    expect(lock?.packages).toEqual([]);
    expect(lock?.problems.length).toBeGreaterThan(0);
    for (const { text: sentence } of lock?.problems ?? []) expect(sentence).toMatch(/^\S.{5,400}\.$/);
  });
});

describe('names that are no names', () => {
  it('reads __proto__ as any other', () => {
    const [lock] = read({
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: JSON.parse(
          '{"": {"dependencies": {"__proto__": "1", "constructor": "1"}}, "node_modules/__proto__": {"version": "1.0.0"}, "node_modules/constructor": {"version": "2.0.0"}}',
        ),
      }).replace('"dependencies":{', '"dependencies":{"__proto__":"1",'),
    });
    expect(lock?.packages.map(({ name, isDirect }) => [name, isDirect])).toEqual([
      ['__proto__', true],
      ['constructor', true],
    ]);
    expect(lock?.problems).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'version')).toBe(false);
  });

  it('does not take an inherited property for a package', () => {
    const [lock] = read({
      'package-lock.json': '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"toString": "1"}}}}',
    });
    expect(lock?.problems.map(({ text }) => text)).toEqual([
      'package-lock.json does not hold toString, which the manifest needs.',
    ]);
  });
});

describe('circles and aliases', () => {
  it('ends for packages that need each other', () => {
    const [lock] = read({
      'package-lock.json':
        '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "1"}}, "node_modules/b": {"version": "1.0.0", "dependencies": {"a": "1"}}}}',
    });
    expect(lock?.packages.map(({ via }) => via)).toEqual([['a'], ['a', 'b']]);
    expect(lock?.problems).toEqual([]);
  });

  it('does not follow aliases of YAML that stand for too much', () => {
    const many = Array.from({ length: 3000 }, (_, index) => `      p${index}: 1.0.0`).join('\n');
    const lines = Array.from({ length: 3000 }, (_, index) => `  p${index}@1.0.0: *all`).join('\n');
    const [lock] = read({
      'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  .: &all\n    dependencies:\n${many}\npackages:\n${lines}\nsnapshots:\n${lines}\n`,
    });
    expect(lock?.packages).toEqual([]);
    expect(lock?.problems.map(({ text }) => text)).toEqual([
      'pnpm-lock.yaml could not be read: it is nested too deeply or stands for too much.',
    ]);
  });

  it('finds a key that a merge left twice', () => {
    const entry = '  a@1.0.0:\n    resolution: {integrity: sha512-aaaa}\n';
    const [lock] = read({
      'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.0.0\npackages:\n${entry}${entry}snapshots:\n  a@1.0.0: {}\n`,
    });
    expect(lock?.problems.map(({ text }) => text)).toEqual([
      'pnpm-lock.yaml has the same key twice: "a@1.0.0".',
    ]);
  });
});

function read(files: Readonly<Record<string, string>>): readonly LockFile[] {
  const folder = createFolder(files);
  try {
    return lockFiles(openSubject(folder.path, { today: '2026-12-01' }));
  } finally {
    folder.remove();
  }
}

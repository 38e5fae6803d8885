import { describe, expect, it } from 'vitest';
import { splitProject } from './split-project.ts';
import { projectOf } from './testing/project-of.ts';

function partsOf(texts: Readonly<Record<string, string>>): string[][] {
  return splitProject(projectOf(texts)).map(({ files }) => files.map(({ path }) => path));
}

const named = '{ "name": "x" }';

it('takes packages apart that do not import each other', () => {
  const parts = partsOf({
    'a/package.json': named,
    'a/src/one.js': '',
    'a/src/two.js': '',
    'b/pyproject.toml': '',
    'b/one.py': 'import os',
    'tool.js': '',
  });
  expect(parts).toEqual([['a/src/one.js', 'a/src/two.js'], ['b/one.py'], ['tool.js']]);
});

it('leaves together what lies in one package, though nothing imports it', () => {
  expect(partsOf({ 'package.json': named, 'app.js': '', 'routes/a.js': '', 'views/a.ejs': '' })).toHaveLength(
    1,
  );
});

it('leaves together what lies in no package', () => {
  expect(partsOf({ 'a/one.py': '', 'b/two.py': '' })).toEqual([['a/one.py', 'b/two.py']]);
});

describe('packages are one part where one imports the other', () => {
  it.each([
    ['by its path', "import '../../b/index.js'", {}],
    ['by its name', "import { f } from '@x/b'", {}],
    [
      'by a path of tsconfig',
      "import { f } from '#b/index'",
      { 'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "#b/*": ["b/*"] } } }' },
    ],
  ])('%s', (_, text, more) => {
    const parts = partsOf({
      ...more,
      'a/package.json': '{ "name": "@x/a" }',
      'a/src/one.js': text,
      'b/package.json': '{ "name": "@x/b", "main": "index.js" }',
      'b/index.js': 'export const f = 1;',
      'c/package.json': named,
      'c/index.js': '',
    });
    expect(parts).toEqual([['a/src/one.js', 'b/index.js'], ['c/index.js']]);
  });

  it('in Python', () => {
    const parts = partsOf({
      'api/setup.py': '',
      'api/app.py': 'from core.db import query',
      'core/setup.py': '',
      'core/db.py': 'def query(): pass',
    });
    expect(parts).toHaveLength(1);
  });
});

it('takes packages apart that Python has installed, but for those that import each other', () => {
  const folder = 'usr/lib/python3/dist-packages';
  const parts = partsOf({
    [`${folder}/a/__init__.py`]: '',
    [`${folder}/a/inner/one.py`]: '',
    [`${folder}/b/__init__.py`]: '',
    [`${folder}/c/__init__.py`]: 'import b',
  });
  expect(parts).toEqual([
    [`${folder}/a/__init__.py`, `${folder}/a/inner/one.py`],
    [`${folder}/b/__init__.py`, `${folder}/c/__init__.py`],
  ]);
});

it('does not take a package.json without a name for a package', () => {
  expect(
    partsOf({
      'package.json': named,
      'a.js': '',
      'esm/package.json': '{ "type": "module" }',
      'esm/b.js': '',
    }),
  ).toHaveLength(1);
});

it('does not take a folder of templates for a package, whatever lies in it', () => {
  const texts = { 'app.py': '', 'templates/page.html': '', 'templates/requirements.txt': '' };
  expect(partsOf(texts)).toHaveLength(1);
  expect(partsOf({ ...texts, 'templates/tool.py': '' })).toHaveLength(2);
});

it('gives each part the configuration beside its files and above', () => {
  const [a, b] = splitProject(
    projectOf({
      'tsconfig.json': '{}',
      'a/package.json': named,
      'a/one.js': '',
      'b/package.json': named,
      'b/tsconfig.json': '{}',
      'b/one.js': '',
    }),
  );
  expect([...(a?.config.keys() ?? [])]).toEqual(['tsconfig.json', 'a/package.json']);
  expect([...(b?.config.keys() ?? [])]).toEqual(['tsconfig.json', 'b/tsconfig.json', 'b/package.json']);
});

it('splits nothing into nothing', () => {
  expect(partsOf({})).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { parsePath, type Step } from '../../models/parse-path.ts';
import { sinkIds } from '../../sinks/sink-kinds.ts';
import { javascriptModels } from './javascript-models.ts';

interface Row {
  readonly column: string;
  readonly type: string;
  readonly paths: readonly string[];
  readonly kinds: readonly string[];
  readonly text: string;
}

/** Every row, in one shape. */
const rows: readonly Row[] = javascriptModels.flatMap((models) => [
  ...(models.types ?? []).map((row) => ({
    column: 'types',
    type: row[1],
    paths: [row[2]],
    kinds: [],
    text: String(row),
  })),
  ...(models.sources ?? []).map((row) => ({
    column: 'sources',
    type: row[0],
    paths: [row[1]],
    kinds: [],
    text: String(row),
  })),
  ...(models.sinks ?? []).flatMap((row) => [
    {
      column: 'sinks',
      type: row[0],
      paths: [row[1], ...(row[3] ? [row[3].at] : [])],
      kinds: [row[2]],
      text: `${row.slice(0, 3)},${JSON.stringify(row[3] ?? null)}`,
    },
    ...(row[3]?.isApi ?? []).map(([type, path]) => ({
      column: 'conditions',
      type,
      paths: [path],
      kinds: [],
      text: `${row.slice(0, 3)},${type},${path}`,
    })),
  ]),
  ...(models.summaries ?? []).map((row) => ({
    column: 'summaries',
    type: row[0],
    paths: row.slice(1, 4) as string[],
    kinds: [],
    text: String(row),
  })),
  ...(['sanitizers', 'guards'] as const).flatMap((column) =>
    (models[column] ?? []).map((row) => ({
      column,
      type: row[0],
      paths: [row[1]],
      kinds: typeof row[2] === 'string' ? [] : row[2],
      text: String(row),
    })),
  ),
  ...(models.shared ?? []).map((row) => ({
    column: 'shared',
    type: row[0],
    paths: [row[1]],
    kinds: [],
    text: String(row),
  })),
  ...(models.guesses ?? []).map((row) => ({
    column: 'guesses',
    type: row[0],
    paths: [],
    kinds: [],
    text: String(row),
  })),
]);

const defined = new Set([
  ...javascriptModels.flatMap((models) => (models.types ?? []).map(([type]) => type)),
  ...javascriptModels.flatMap(({ files = [] }) => files.map(([, , type]) => type)),
  ...javascriptModels.flatMap(({ directives = [] }) => directives.map(([, type]) => type)),
]);

/** A name of npm with a path behind it, a module of Node or Bun, or what a framework makes up. No part of it begins with a capital. */
const packageName = /^(astro:|bun:|#)?(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][A-Za-z0-9._~-]*(\/[\w.-]+)*$/;
/** The types that the rows define: `pg.Client`. */
const ownType = /^[a-z0-9_-]+\.[A-Z]\w*$/;

const lastStep = (path: string): Step | undefined => parsePath(path).at(-1);

describe('the models of JavaScript', () => {
  test('there are rows of every column', () => {
    expect([...new Set(rows.map(({ column }) => column))].sort()).toEqual(
      [
        'conditions',
        'guards',
        'guesses',
        'sanitizers',
        'shared',
        'sinks',
        'sources',
        'summaries',
        'types',
      ].sort(),
    );
    expect(rows.length).toBeGreaterThan(1000);
  });

  test('every path is one', () => {
    for (const { paths } of rows) for (const path of paths) parsePath(path);
  });

  test('a type is a package, what needs no import, or defined by a row', () => {
    const unknown = rows.filter(
      ({ type }) => !defined.has(type) && (ownType.test(type) || !packageName.test(type)),
    );
    expect(unknown.map(({ text }) => text)).toEqual([]);
  });

  test('a defined type is named after a library and what it is', () => {
    expect([...defined].filter((type) => !ownType.test(type))).toEqual([]);
  });

  test('a defined type is of use: a row begins with it', () => {
    const used = new Set(rows.map(({ type }) => type));
    // Those of `use` are for rules that look at uses, those of `container` and `context` for the linker, three are told of in their files.
    expect(
      [...defined].filter(
        (type) =>
          !used.has(type) &&
          !/^(?:(?:use|container|context)\.|redux\.ActionCreator$|pinia\.Result$|mongoose\.SchemaMaker$)/.test(
            type,
          ),
      ),
    ).toEqual([]);
  });

  test('paths of the global scope begin with a name', () => {
    const wrong = rows.filter(
      ({ type, paths, column }) =>
        type === 'global' &&
        parsePath(paths[0] ?? '')[0]?.kind !== 'member' &&
        // A framework that puts its functions into the scope of all files.
        !(column === 'types' && paths[0] === ''),
    );
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  test('no type is made of itself alone', () => {
    const wrong = javascriptModels.flatMap((models) =>
      (models.types ?? []).filter(([type, from, path]) => type === from && path === ''),
    );
    expect(wrong).toEqual([]);
  });

  test('a guard is an argument', () => {
    const wrong = rows.filter(
      ({ column, paths }) => column === 'guards' && lastStep(paths[0] ?? '')?.kind !== 'argument',
    );
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  test('what a summary names begins at the call', () => {
    const wrong = rows.filter(
      ({ column, paths }) =>
        column === 'summaries' &&
        paths.slice(1).some((path) => !['argument', 'return'].includes(parsePath(path)[0]?.kind ?? '')),
    );
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  test('kinds are kinds of sinks', () => {
    const known: readonly string[] = sinkIds;
    expect(rows.flatMap(({ kinds }) => kinds).filter((kind) => !known.includes(kind))).toEqual([]);
  });

  test('no row stands there twice', () => {
    const seen = new Set<string>();
    const twice = rows.filter(({ column, text }) => seen.size === seen.add(`${column} ${text}`).size);
    expect(twice.map(({ text }) => text)).toEqual([]);
  });

  test('a model is plain data', () => {
    expect(JSON.parse(JSON.stringify(javascriptModels))).toEqual(javascriptModels);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { inside, isSafePath, rootPath } from './index.ts';

const root = '/srv/photos';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

describe('inside', () => {
  it('binds a name to its directory', () => {
    const path = inside(root, '2026/sea.jpg');
    expect({ ...path }).toEqual({
      root,
      relative: '2026/sea.jpg',
      absolute: '/srv/photos/2026/sea.jpg',
      name: 'sea.jpg',
    });
    expect(Object.isFrozen(path)).toBe(true);
  });

  it('accepts a SafePath as the root, and stays inside it', () => {
    const folder = inside(root, 'users/42');
    expect({ ...inside(folder, 'a/b') }).toEqual({
      root: '/srv/photos/users/42',
      relative: 'a/b',
      absolute: '/srv/photos/users/42/a/b',
      name: 'b',
    });
    expect(() => inside(folder, '../43/a')).toThrow(expect.objectContaining({ code: 'path/outside-root' }));
    expect({ ...inside(rootPath(`${root}/`), 'a') }).toEqual({ ...inside(root, 'a') });
  });

  it('refuses values that are not strings, whatever they convert to', () => {
    for (const input of [
      ...[undefined, null, 0, 1n, true, Symbol('a'), ['a'], ['..', 'a'], {}, () => 'a'],
      ...[Buffer.from('a'), new Uint8Array([97]), new URL('file:///a'), new String('a'), new Date(0)],
      { toString: () => 'a', length: 1, includes: () => false, startsWith: () => false, split: () => ['a'] },
    ]) {
      expect(() => inside(root, input)).toThrow(expect.objectContaining({ code: 'path/unsafe-name' }));
    }
    expect(inside(root, 'a').name).toBe('a');
  });

  it('limits names, paths and levels, and accepts exactly the limit', () => {
    const refused = expect.objectContaining({ code: 'path/too-long' });
    expect(inside(root, 'a'.repeat(255)).name).toHaveLength(255);
    expect(() => inside(root, 'a'.repeat(256))).toThrow(refused);
    expect(inside(root, '\u00e9'.repeat(127)).name).toHaveLength(127);
    expect(() => inside(root, '\u00e9'.repeat(128))).toThrow(refused);
    expect(inside(root, Array(64).fill('a').join('/')).relative).toHaveLength(127);
    expect(() => inside(root, Array(65).fill('a').join('/'))).toThrow(refused);
    expect(() => inside(inside(root, Array(64).fill('a').join('/')), 'a')).toThrow(refused);
    const long = Array(17).fill('a'.repeat(239)).join('/');
    expect(inside(`/${'r'.repeat(4_095 - long.length - 2)}`, long).absolute).toHaveLength(4_095);
    expect(() => inside(`/${'r'.repeat(4_095 - long.length - 1)}`, long)).toThrow(refused);
    expect(() => inside(root, 'a'.repeat(50_000_000))).toThrow(refused);
  });

  it('refuses a root that is not an absolute path', () => {
    for (const bad of ['', 'photos', './photos', '../photos', '/srv/a\0b', undefined, null, ['/srv'], {}]) {
      expect(() => inside(bad as never, 'a')).toThrow(expect.objectContaining({ code: 'path/invalid-root' }));
    }
    expect(inside('/', 'a').absolute).toBe('/a');
    expect(inside('/srv/./photos//x/..', 'a').root).toBe(root);
  });
});

describe('isSafePath', () => {
  it('is true only for the value itself, and not for a copy', () => {
    const path = inside(root, 'a');
    expect(isSafePath(path)).toBe(true);
    for (const copy of [
      { ...path },
      JSON.parse(JSON.stringify(path)),
      Object.create(path),
      structuredClone(path),
      path.absolute,
      null,
    ])
      expect(isSafePath(copy)).toBe(false);
    expect(() => inside({ ...path } as never, 'a')).toThrow(
      expect.objectContaining({ code: 'path/invalid-root' }),
    );
  });
});

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, openDiskCache } from './disk-cache.ts';
import type { PartResult } from './scan-part.ts';

const result: PartResult = {
  findings: [],
  commented: [],
  notices: [],
  cuts: ['f'],
  isLinked: true,
  lines: 3,
};
const buildId = 'b'.repeat(64);
const own = 'b'.repeat(16);
const project = '/srv/project';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives back what it was given, in another process too', () => {
  openDiskCache(folder, buildId, project)?.set('k1', result);
  expect(openDiskCache(folder, buildId, project)?.get('k1')).toEqual(result);
  expect(openDiskCache(folder, buildId, project)?.get('k2')).toBeUndefined();
});

it('keeps nothing from one build of the scanner to the next', () => {
  openDiskCache(folder, buildId, project)?.set('k1', result);
  expect(openDiskCache(folder, 'c'.repeat(64), project)?.get('k1')).toBeUndefined();
});

it.each(['', '{"findings":', '{}', 'null', '{"findings":[]}', '[]'])(
  'takes a broken file for none: %j',
  (text) => {
    const cache = openDiskCache(folder, buildId, project);
    cache?.set('k1', result);
    writeFileSync(join(folder, own, 'k1.json'), text);
    expect(cache?.get('k1')).toBeUndefined();
  },
);

const texts = { key: 'a'.repeat(64), texts: [['a.js', 'x\n'] as const, ['b.js', ''] as const] };

it('gives back the texts of a part', () => {
  openDiskCache(folder, buildId, project)?.setTexts('n1', texts);
  expect(openDiskCache(folder, buildId, project)?.texts('n1')).toEqual(texts);
  expect(openDiskCache(folder, buildId, project)?.texts('n2')).toBeUndefined();
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['what is not deflated', Buffer.from('{"key":""}')],
  ['a key that names another file', deflateRawSync(JSON.stringify({ ...texts, key: '../k1' }))],
  ['texts that are none', deflateRawSync(JSON.stringify({ ...texts, texts: [['a.js', 1]] }))],
])('takes texts that are broken for none: %s', (_, bytes) => {
  const cache = openDiskCache(folder, buildId, project);
  cache?.setTexts('n1', texts);
  writeFileSync(join(folder, own, 'n1.texts'), bytes);
  expect(cache?.texts('n1')).toBeUndefined();
});

it('leaves nothing half written, and nothing for others to read', () => {
  openDiskCache(folder, buildId, project)?.set('k1', result);
  expect(readdirSync(join(folder, own))).toEqual(['k1.json']);
  expect(statSync(join(folder, own, 'k1.json')).mode & 0o077).toBe(0);
});

it('is not used where others may write: they could hide findings', () => {
  chmodSync(folder, 0o777);
  expect(openDiskCache(folder, buildId, project)).toBeUndefined();
  chmodSync(folder, 0o700);
  expect(openDiskCache(folder, buildId, project)).toBeDefined();
});

it('is not used in the project that is scanned: a branch could bring it', () => {
  const real = realpathSync(folder);
  expect(openDiskCache(join(real, '.cache'), buildId, real)).toBeUndefined();
  expect(readdirSync(real)).toEqual([]);
  expect(openDiskCache(join(real, 'cache'), buildId, join(real, 'project'))).toBeDefined();
});

it('is not used where a link leads into the project', () => {
  const real = realpathSync(folder);
  mkdirSync(join(real, 'project'), { mode: 0o700 });
  symlinkSync(join(real, 'project'), join(real, 'link'));
  expect(openDiskCache(join(real, 'link'), buildId, join(real, 'project'))).toBeUndefined();
});

it('is not used where there can be no folder', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(openDiskCache(join(folder, 'file', 'cache'), buildId, project)).toBeUndefined();
});

it('takes away what was not used for the longest time', () => {
  const cache = openDiskCache(folder, buildId, project);
  cache?.set('first', result);
  for (let i = 0; i < 450; i++) {
    const file = join(folder, own, `old${i}.json`);
    writeFileSync(file, '{}');
    utimesSync(file, i, i);
  }
  openDiskCache(folder, buildId, project)?.set('last', result);
  const left = readdirSync(join(folder, own));
  expect(left).toHaveLength(400);
  expect(left).toContain('first.json');
  expect(left).toContain('last.json');
  expect(left).not.toContain('old0.json');
});

describe('its folder', () => {
  it.each([
    [{ BULWARK_CACHE_DIR: '/x' }, 'linux', /^\/x$/],
    [{ XDG_CACHE_HOME: '/y' }, 'linux', /^\/y\/bulwark-scan$/],
    [{ XDG_CACHE_HOME: 'cache' }, 'linux', /\/\.cache\/bulwark-scan$/],
    [{}, 'linux', /\/\.cache\/bulwark-scan$/],
    [{}, 'darwin', /\/Library\/Caches\/bulwark-scan$/],
  ] as const)('%j on %s', (env, platform, expected) => {
    expect(cacheFolder(env, platform)).toMatch(expected);
  });
});

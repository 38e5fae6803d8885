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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJavascript } from '../languages/javascript/parse/read-javascript.ts';
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
const scanned = { key: 'k1', result, files: [], modules: new Map(), before: undefined };
const buildId = 'b'.repeat(64);
const own = 'b'.repeat(16);
const project = '/srv/project';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives back what it was given, in another process too', () => {
  openDiskCache(folder, buildId, project)?.keep('n1', { ...scanned, key: 'k1' });
  expect(openDiskCache(folder, buildId, project)?.result('n1', 'k1')).toEqual(result);
  expect(openDiskCache(folder, buildId, project)?.result('n1', 'k2')).toBeUndefined();
});

it('keeps nothing from one build of the scanner to the next', () => {
  openDiskCache(folder, buildId, project)?.keep('n1', { ...scanned, key: 'k1' });
  expect(openDiskCache(folder, 'c'.repeat(64), project)?.result('n1', 'k1')).toBeUndefined();
});

it.each(['', '{"findings":', '{}', 'null', '{"findings":[]}', '[]'])(
  'takes a broken file for none: %j',
  (text) => {
    const cache = openDiskCache(folder, buildId, project);
    cache?.keep('n1', { ...scanned, key: 'k1' });
    writeFileSync(join(folder, own, 'k1.json'), text);
    expect(cache?.result('n1', 'k1')).toBeUndefined();
  },
);

const text = `// ${'x'.repeat(100_000)}\n`;
const large = {
  ...scanned,
  key: 'a'.repeat(64),
  files: [{ path: 'a.js', language: 'javascript' as const, text }],
  modules: new Map([['a.js', [readJavascript('a.js', text)]]]),
};

it('gives back what was read of a part', () => {
  openDiskCache(folder, buildId, project)?.keep('n1', large);
  const files = openDiskCache(folder, buildId, project)?.files('n1');
  expect(files?.key).toBe(large.key);
  expect(files?.modules('a.js')).toEqual(large.modules.get('a.js'));
  expect(openDiskCache(folder, buildId, project)?.files('n2')).toBeUndefined();
});

it('keeps nothing of what is read as fast', () => {
  openDiskCache(folder, buildId, project)?.keep('n1', scanned);
  expect(readdirSync(join(folder, own))).toEqual(['k1.json']);
});

it('takes files that are broken for none', () => {
  const cache = openDiskCache(folder, buildId, project);
  cache?.keep('n1', large);
  writeFileSync(join(folder, own, 'n1.files'), '{"key":');
  expect(cache?.files('n1')).toBeUndefined();
});

it('leaves nothing half written, and nothing for others to read', () => {
  openDiskCache(folder, buildId, project)?.keep('n1', { ...scanned, key: 'k1' });
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
  cache?.keep('n1', { ...scanned, key: 'first' });
  for (let i = 0; i < 450; i++) {
    const file = join(folder, own, `old${i}.json`);
    writeFileSync(file, '{}');
    utimesSync(file, i, i);
  }
  openDiskCache(folder, buildId, project)?.keep('n1', { ...scanned, key: 'last' });
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

import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunOptions } from '../../run-scan.ts';
import { createFolder, type Folder } from '../../testing/folder.ts';
import { wordEngine } from '../../testing/word-engine.ts';
import type { LiveEngine } from './live-engine.ts';
import { watchProject } from './watch-project.ts';

const plain: RunOptions = { paths: [], format: 'text', only: [], skip: [], updateBaseline: false };

interface Watching {
  readonly folder: Folder;
  readonly errors: string[];
  /** What is told next. */
  readonly next: () => Promise<string>;
  readonly end: () => Promise<number>;
}

let stop = new AbortController();
let folder: Folder;
afterEach(() => {
  stop.abort();
  folder.remove();
});

function start(
  files: Readonly<Record<string, string>>,
  engine: LiveEngine = wordEngine,
  options = plain,
): Watching {
  folder = createFolder({ '.git/HEAD': '', ...files });
  stop = new AbortController();
  const told: string[] = [];
  const errors: string[] = [];
  const ended = watchProject(options, {
    engine,
    cwd: folder.path,
    version: '0',
    today: () => '2027-01-01',
    color: false,
    progress: () => undefined,
    out: (text) => told.push(text),
    error: (text) => errors.push(text),
    stop: stop.signal,
  });
  ended.catch(() => undefined);
  return {
    folder,
    errors,
    async next() {
      await vi.waitFor(() => expect(told).not.toEqual([]), { timeout: 10_000, interval: 5 });
      return told.shift() ?? '';
    },
    async end() {
      stop.abort();
      return await ended;
    },
  };
}

describe('watchProject', () => {
  it('reports all, then what is new and what is gone, and ends with 0', async () => {
    const { next, end } = start({ 'a.js': 'DANGER\n', 'b.js': 'fine\n' });
    expect(await next()).toMatch(
      /^a\.js\n(?:.*\n)*1 finding \(1 high\) in 1 file; 2 files, \d+ lines scanned\n$/,
    );
    folder.write({ 'b.js': 'DANGER\n' });
    const added = await next();
    expect(added).toMatch(/^\nb\.js\n\n {2}high sql\/injection at 1:1/);
    expect(added).toMatch(/\n1 new, 0 gone; in all: 2 findings \(2 high\) in 2 files; 2 files, .*\n$/);
    expect(added).not.toContain('a.js');
    folder.write({ 'a.js': 'fine\n' });
    expect(await next()).toMatch(
      /^\ngone sql\/injection in a\.js, which was at 1:1\n0 new, 1 gone; in all: 1 /,
    );
    folder.write({ 'b.js': 'moved\n\nDANGER\n' });
    expect(await next()).toMatch(/^\n0 new, 0 gone; in all: 1 /);
    expect(await end()).toBe(0);
  });

  it('takes what an editor does to write a file as one change', async () => {
    let scans = 0;
    const engine: LiveEngine = {
      ...wordEngine,
      scan(options) {
        scans++;
        return wordEngine.scan(options);
      },
    };
    const { next } = start({ 'a.js': 'fine\n', 'z.js': 'fine\n' }, engine);
    await next();
    writeFileSync(join(folder.path, '4913'), '');
    rmSync(join(folder.path, '4913'));
    renameSync(join(folder.path, 'a.js'), join(folder.path, 'a.js~'));
    writeFileSync(join(folder.path, 'a.js'), '');
    writeFileSync(join(folder.path, 'a.js'), 'DANGER\n');
    rmSync(join(folder.path, 'a.js~'));
    expect(await next()).toContain('1 new, 0 gone');
    // What does not change a text is no reason to scan.
    writeFileSync(join(folder.path, 'a.js'), 'DANGER\n');
    folder.write({ 'notes.md': 'DANGER' });
    folder.write({ 'z.js': 'DANGER\n' });
    expect(await next()).toContain('1 new, 0 gone');
    expect(scans).toBe(3);
  });

  it('scans once more for what comes meanwhile, and never twice at once', async () => {
    let running = 0;
    let most = 0;
    const engine: LiveEngine = {
      ...wordEngine,
      async scan(options) {
        running++;
        most = Math.max(most, running);
        if (options.project.files.some(({ text }) => text.includes('SLOW')))
          folder.write({ 'a.js': 'DANGER\n' });
        await new Promise((resolve) => setTimeout(resolve, 120));
        running--;
        return await wordEngine.scan(options);
      },
    };
    const { next } = start({ 'a.js': 'fine\n' }, engine);
    await next();
    folder.write({ 'a.js': 'SLOW\n' });
    expect(await next()).toContain('0 new, 0 gone');
    expect(await next()).toContain('1 new, 0 gone');
    expect(most).toBe(1);
  });

  it('goes on after a configuration that cannot be used and a scan that fails', async () => {
    const engine: LiveEngine = {
      ...wordEngine,
      scan(options) {
        if (options.project.files.some(({ text }) => text.includes('CRASH'))) throw new Error('so it is');
        return wordEngine.scan(options);
      },
    };
    const { next, errors, end } = start({ 'a.js': 'DANGER\n' }, engine);
    await next();
    const said = async (text: string): Promise<void> => {
      await vi.waitFor(() => expect(errors.join('')).toContain(text), { timeout: 10_000 });
    };
    folder.write({ 'bulwark.config.json': '{ "scan": 1 }' });
    await said('scan/config');
    folder.write({ 'bulwark.config.json': '{ "scan": { "rules": { "skip": ["sql/*"] } } }' });
    expect(await next()).toContain('0 new, 1 gone');
    folder.write({ 'a.js': 'CRASH\n' });
    await said('so it is');
    folder.write({ 'a.js': 'fine\n' });
    expect(await next()).toContain('0 new, 0 gone; in all: No findings');
    expect(await end()).toBe(0);
  });

  it('ends at once where a scan does not', async () => {
    let isScanning = false;
    const engine: LiveEngine = {
      ...wordEngine,
      async scan() {
        isScanning = true;
        return await new Promise(() => undefined);
      },
    };
    const { end } = start({ 'a.js': '' }, engine);
    await vi.waitFor(() => expect(isScanning).toBe(true));
    expect(await end()).toBe(0);
  });

  it('does not start with what cannot be used', async () => {
    const { end } = start({ 'a.js': '', 'bulwark.config.json': '[]' });
    await expect(end()).rejects.toMatchObject({ code: 'scan/config' });
  });

  it.each([
    [{ format: 'json' }, '--format json'],
    [{ output: 'a' }, '--output'],
    [{ diff: 'main' }, '--diff'],
    [{ updateBaseline: true }, '--update-baseline'],
    [{ fix: 'write' }, '--fix'],
    [{ fix: 'show' }, '--fix-dry-run'],
  ] as const)('refuses %j', async (options, name) => {
    const { end } = start({}, wordEngine, { ...plain, ...options });
    await expect(end()).rejects.toMatchObject({
      code: 'scan/option',
      message: expect.stringContaining(name),
    });
  });
});

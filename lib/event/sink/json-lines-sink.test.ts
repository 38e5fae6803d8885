import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildEvent } from '../build-event.ts';
import type { SecurityEvent } from '../security-event.ts';
import { jsonLinesSink } from './json-lines-sink.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bulwark-'));
  file = join(directory, 'security.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const some = (n: number): SecurityEvent[] =>
  Array.from({ length: n }, (_, i) => buildEvent('fetch/private-address', 'blocked', { host: `h${i}` }));
const linesOf = (path: string): SecurityEvent[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('jsonLinesSink', () => {
  it('writes one object a line, for its owner alone', async () => {
    const sink = jsonLinesSink({ file });
    const events = some(3);
    await sink.write(events.slice(0, 2));
    await sink.write(events.slice(2));
    expect(linesOf(file)).toEqual(events);
    expect(readFileSync(file, 'utf8').match(/\n/g)).toHaveLength(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('writes the shape that it is given, and fails where that throws', async () => {
    await jsonLinesSink({ file, shape: ({ code }) => ({ rule: code }) }).write(some(1));
    expect(linesOf(file)).toEqual([{ rule: 'fetch/private-address' }]);
    const failing = (): object => {
      throw new Error('no shape');
    };
    await expect(jsonLinesSink({ file, shape: failing }).write(some(1))).rejects.toThrow('no shape');
    expect(linesOf(file)).toHaveLength(1);
  });

  it('appends to what is there', async () => {
    const [first, second] = some(2) as [SecurityEvent, SecurityEvent];
    await jsonLinesSink({ file }).write([first]);
    await jsonLinesSink({ file }).write([second]);
    expect(linesOf(file)).toEqual([first, second]);
  });

  it('rotates by size, keeps so many files, and loses no line of those it keeps', async () => {
    const maxBytes = 10_000;
    const sink = jsonLinesSink({ file, maxBytes, maxFiles: 3 });
    const events = some(200);
    for (let i = 0; i < events.length; i += 10) await sink.write(events.slice(i, i + 10));
    const names = readdirSync(directory).sort();
    expect(names).toEqual(['security.jsonl', 'security.jsonl.1', 'security.jsonl.2', 'security.jsonl.3']);
    for (const name of names) expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(maxBytes);
    const kept = [...names.slice(1).reverse(), 'security.jsonl'].flatMap((name) =>
      linesOf(join(directory, name)),
    );
    expect(kept).toEqual(events.slice(-kept.length));
    expect(kept.length).toBeGreaterThan(90);
  });

  it('writes a batch that is longer than a file may be, and rotates after it', async () => {
    const sink = jsonLinesSink({ file, maxBytes: 10, maxFiles: 1 });
    await sink.write(some(2));
    await sink.write(some(3));
    expect(linesOf(file)).toHaveLength(3);
    expect(linesOf(`${file}.1`)).toHaveLength(2);
    expect(readdirSync(directory)).toHaveLength(2);
  });

  it('makes the file anew where somebody removed, moved or emptied it', async () => {
    const sink = jsonLinesSink({ file });
    await sink.write(some(1));
    rmSync(file);
    await sink.write(some(2));
    expect(linesOf(file)).toHaveLength(2);
    renameSync(file, `${file}.old`);
    await sink.write(some(3));
    expect(linesOf(file)).toHaveLength(3);
    writeFileSync(file, '');
    await sink.write(some(1));
    expect(linesOf(file)).toHaveLength(1);
  });

  it('does not write through a symbolic link that was planted in its place', async () => {
    const victim = join(directory, 'victim');
    writeFileSync(victim, 'mine');
    symlinkSync(victim, file);
    const sink = jsonLinesSink({ file });
    await expect(sink.write(some(1))).rejects.toThrow('ELOOP');
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    rmSync(file);
    await sink.write(some(1));
    expect(linesOf(file)).toHaveLength(1);
  });

  it('neither writes to a pipe nor waits for its reader', async () => {
    execFileSync('mkfifo', [file]);
    await expect(jsonLinesSink({ file }).write(some(1))).rejects.toThrow('ENXIO');
  });

  it('does not write to a directory or a device', async () => {
    mkdirSync(file);
    await expect(jsonLinesSink({ file }).write(some(1))).rejects.toThrow('EISDIR');
    await expect(jsonLinesSink({ file: '/dev/null' }).write(some(1))).rejects.toThrow('not a regular file');
  });

  it('fails where the directory is missing, and works once it is there', async () => {
    const inside = join(directory, 'logs', 'security.jsonl');
    const sink = jsonLinesSink({ file: inside });
    await expect(sink.write(some(1))).rejects.toThrow('ENOENT');
    mkdirSync(join(directory, 'logs'));
    await sink.write(some(1));
    expect(linesOf(inside)).toHaveLength(1);
  });

  it('fails where it may not write', async () => {
    const closed = join(directory, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    const sink = jsonLinesSink({ file: join(closed, 'security.jsonl') });
    // The superuser may write everywhere but into the kernel's own tree.
    if (process.getuid?.() === 0) {
      await expect(jsonLinesSink({ file: '/proc/security.jsonl' }).write(some(1))).rejects.toThrow(
        /ENOENT|EACCES/,
      );
    } else {
      await expect(sink.write(some(1))).rejects.toThrow('EACCES');
    }
    expect(existsSync(join(closed, 'security.jsonl'))).toBe(false);
  });

  it.skipIf(!existsSync('/usr/bin/prlimit'))(
    'begins a line anew after one that was cut by a full disk',
    () => {
      // A limit on the size of files stands for the full disk: the kernel writes what fits and then fails.
      const program = `
      import { execFileSync } from 'node:child_process';
      import { jsonLinesSink } from '${import.meta.dirname}/json-lines-sink.ts';
      process.on('SIGXFSZ', () => {});
      const limit = (size) => execFileSync('/usr/bin/prlimit', ['--pid', String(process.pid), '--fsize=' + size + ':']);
      const sink = jsonLinesSink({ file: ${JSON.stringify(file)} });
      const events = Array.from({ length: 3 }, (_, i) => ({ id: i, text: 'x'.repeat(100) }));
      limit(200);
      await sink.write(events).then(() => console.log('written'), (error) => console.log(error.code));
      limit('unlimited');
      await sink.write(events);`;
      const printed = execFileSync(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '--eval', program],
        { encoding: 'utf8', cwd: import.meta.dirname },
      );
      expect(printed).toBe('EFBIG\n');
      const lines = readFileSync(file, 'utf8').split('\n');
      expect(lines.map((line) => line.length)).toEqual([118, 81, 118, 118, 118, 0]);
      for (const line of lines.slice(2, 5)) expect(JSON.parse(line)).toHaveProperty('id');
    },
  );

  it('fails where a rotated file is in the way, and leaves the log as it was', async () => {
    const sink = jsonLinesSink({ file, maxBytes: 10, maxFiles: 1 });
    await sink.write(some(1));
    mkdirSync(`${file}.1`);
    await expect(sink.write(some(1))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(linesOf(file)).toHaveLength(1);
  });

  it.each([
    { maxBytes: 0 },
    { maxBytes: Number.NaN },
    { maxFiles: 0 },
    { maxFiles: 1001 },
    { maxFiles: 1.5 },
  ])('refuses options that bound nothing: %j', (options) => {
    expect(() => jsonLinesSink({ file, ...options })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});

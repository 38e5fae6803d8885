import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents, type Recorder, type SecurityEvent } from '../event/index.ts';
import { fileNames } from '../testing/corpus/file-names.ts';
import { inside, listDirectory, makeDirectory, readText, removeFile, writeFile } from './index.ts';

const events: SecurityEvent[] = [];
let recorder: Recorder;
let root = '';

beforeAll(async () => {
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
  root = await mkdtemp(join(tmpdir(), 'bulwark-path-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('real file names', () => {
  it('are more than 200 different ones', () => {
    const names = Object.values(fileNames).flat();
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(200);
  });

  it.each(Object.entries(fileNames))('%s: are written, listed, read and removed', async (script, names) => {
    const folder = join(root, String(Object.keys(fileNames).indexOf(script)));
    await mkdir(folder);
    for (const name of names) {
      const path = inside(folder, name);
      expect([path.relative, path.absolute]).toEqual([name, `${folder}/${name}`]);
      if (name.includes('/')) await makeDirectory(inside(folder, dirname(name)));
      await writeFile(path, name, { sync: false });
      expect(await readText(path)).toBe(name);
      const entries = await listDirectory(inside(root, dirname(`${folder.slice(root.length + 1)}/${name}`)));
      expect(entries).toContainEqual({ name: path.name, kind: 'file' });
      await removeFile(path);
    }
    await recorder.flush();
    expect(events).toEqual([]);
  });
});

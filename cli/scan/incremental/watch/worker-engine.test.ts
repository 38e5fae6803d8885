import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolder } from '../../testing/folder.ts';
import type { LiveScanOptions } from './live-engine.ts';
import { createWorkerEngine, type WorkerEngine } from './worker-engine.ts';

function options(change: Partial<LiveScanOptions> = {}): LiveScanOptions {
  return {
    project: {
      files: [{ path: 'a.js', language: 'javascript', text: 'DANGER\n' }],
      settings: [],
      notices: [],
      read: () => undefined,
    },
    wants: () => true,
    models: [],
    today: '2027-01-01',
    progress: () => undefined,
    root: '/none',
    unsaved: new Map(),
    signal: new AbortController().signal,
    ...change,
  };
}

describe('createWorkerEngine', () => {
  let engine: WorkerEngine;
  beforeAll(async () => {
    engine = await createWorkerEngine(new URL('./testing/word-worker.ts', import.meta.url));
  });
  afterAll(() => engine.close());

  it('scans, by the rules that are wanted, and tells how far it is', async () => {
    const told: number[] = [];
    const { findings } = await engine.scan(options({ progress: (done) => told.push(done) }));
    expect(findings).toMatchObject([{ rule: 'sql/injection', place: { path: 'a.js', line: 1 } }]);
    expect(told).toEqual([0, 1]);
    const { findings: none } = await engine.scan(options({ wants: (rule) => rule !== 'sql/injection' }));
    expect(none).toEqual([]);
  });

  it('reads beside the files: what is typed before what is on the disk, and nothing outside', async () => {
    const folder = createFolder({ 'typed.json': 'on the disk' });
    const read = async (root: string, typed: readonly [string, string][]): Promise<unknown> =>
      (await engine.scan(options({ root, unsaved: new Map(typed) }))).notices[0]?.message;
    expect(await read(folder.path, [])).toBe('on the disk');
    expect(await read(folder.path, [['typed.json', 'typed']])).toBe('typed');
    expect(await read('/none', [])).toBe('');
    folder.remove();
  });

  it('hands mistakes over as what they are, and goes on', async () => {
    await expect(engine.scan(options({ models: ['a.yaml'] }))).rejects.toMatchObject({
      name: 'ScanMistake',
      code: 'scan/models',
      message: 'a.yaml',
      fix: 'fix',
    });
    expect((await engine.scan(options())).findings).toHaveLength(1);
  });

  it('ends a scan that is not wanted any more, before it begins and while it reads', async () => {
    const control = new AbortController();
    const file = { path: 'a.js', language: 'javascript' as const, text: 'DANGER\n'.repeat(1000) };
    const project = { ...options().project, files: Array.from({ length: 1000 }, () => file) };
    const progress = (): void => control.abort();
    const { signal } = control;
    await expect(engine.scan(options({ project, progress, signal }))).rejects.toThrow('cancelled');
    await expect(engine.scan(options({ signal }))).rejects.toThrow('cancelled');
    expect((await engine.scan(options())).findings).toHaveLength(1);
  });

  it('starts again after its thread has ended', async () => {
    await expect(engine.scan(options({ models: ['crash'] }))).rejects.toThrow('has ended');
    expect((await engine.scan(options())).findings).toHaveLength(1);
  });
});

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { configureEvents, record } from './record.ts';
import type { SecurityEvent } from './security-event.ts';

afterEach(() => void configureEvents({ sinks: [] }));

const lib = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program of its own, and gives what it wrote to standard error once it has ended by itself. */
function run(program: string): {
  readonly status: number | null;
  readonly events: SecurityEvent[];
  readonly rest: string;
} {
  const source = `
    import { configureEvents, stderrSink } from '${lib}event/index.ts';
    import { record } from '${lib}event/record.ts';
    ${program}`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', source],
    { encoding: 'utf8', cwd: lib, timeout: 20_000 },
  );
  const lines = stderr.split('\n').filter((line) => line !== '');
  return {
    status,
    events: lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)),
    rest: lines.filter((line) => !line.startsWith('{')).join('\n'),
  };
}

describe('record', () => {
  it('writes to standard error until it is told where else, and does not keep the process alive', () => {
    const { status, events, rest } = run(`
      for (let i = 0; i < 5; i++) record('fetch/private-address', 'blocked', { host: 'intranet' });
    `);
    expect(rest).toBe('');
    expect(status).toBe(0);
    expect(events.map(({ code, count }) => [code, count])).toEqual([
      ['fetch/private-address', 1],
      ['fetch/private-address', 4],
    ]);
  });

  it('does not keep the process alive for a sink that hangs or fails', () => {
    const { status, rest } = run(`
      configureEvents({ sinks: [
        { name: 'hangs', write: () => new Promise(() => {}) },
        { name: 'fails', write: () => Promise.reject(new Error('no')) },
      ], sinkTimeoutMs: 60_000, windowMs: 60_000 });
      record('fetch/private-address', 'blocked', { host: 'intranet' });
    `);
    expect(status).toBe(0);
    expect(rest).toContain('The event sink "fails" fails: no.');
  });

  it('is not ended by a logger that throws', () => {
    const { status, rest } = run(`
      configureEvents({ sinks: [{ name: 'bad', write() { throw new Error('broken') } }] });
      record('fetch/private-address', 'blocked', { host: 'intranet' });
    `);
    expect(status).toBe(0);
    expect(rest).toContain('broken');
  });
});

describe('configureEvents', () => {
  it('flushes what the former sinks hold, and closes them', async () => {
    const former: (SecurityEvent | 'closed')[] = [];
    configureEvents({
      sinks: [
        { name: 'a', write: (batch) => void former.push(...batch), close: () => void former.push('closed') },
      ],
    });
    record('fetch/private-address', 'blocked', { host: 'intranet' });
    const recorder = configureEvents({ sinks: [] });
    record('fetch/private-address', 'blocked', { host: 'other' });
    while (former.at(-1) !== 'closed') await new Promise((resolve) => setImmediate(resolve));
    expect(former).toMatchObject([{ evidence: { host: 'intranet' } }, 'closed']);
    expect(recorder.stats().recorded).toBe(1);
  });

  it('is one for all copies in a process', async () => {
    const url = './record.ts?copy=2';
    const copy: typeof import('./record.ts') = await import(/* @vite-ignore */ url);
    const recorder = configureEvents({ sinks: [] });
    copy.record('fetch/private-address', 'blocked', { host: 'intranet' });
    expect(recorder.stats().recorded).toBe(1);
  });

  it('leaves the former recorder in place where the options are wrong', () => {
    const recorder = configureEvents({ sinks: [] });
    expect(() => configureEvents({ sinks: [], maxKeys: 0 })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
    record('fetch/private-address', 'blocked', {});
    expect(recorder.stats().recorded).toBe(1);
  });
});

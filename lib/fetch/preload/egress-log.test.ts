import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EgressDecision } from '../policy/egress-decision.ts';
import { createEgressLog, type EgressLog } from './egress-log.ts';

let lines: Record<string, unknown>[];
let broken: boolean;
let log: EgressLog;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  broken = false;
  log = createEgressLog((line) => {
    if (broken) throw new Error('EAGAIN');
    expect(line.endsWith('\n')).toBe(true);
    lines.push(JSON.parse(line) as Record<string, unknown>);
  });
});
afterEach(() => vi.useRealTimers());

function decision(host: string, outcome: EgressDecision['outcome'] = 'allowed'): EgressDecision {
  return {
    ...{ outcome, host, policy: undefined, port: 443, addresses: ['192.0.2.1'], address: '192.0.2.1' },
    ...{ rule: 'hosts public', code: undefined, kept: false, requestId: undefined },
  };
}

function tell(host: string, outcome?: EgressDecision['outcome']): void {
  const key = `${outcome} ${host}`;
  if (!log.repeated(key)) log.write(key, decision(host, outcome));
}

describe('the log', () => {
  it('writes a decision once in a window, then its count', () => {
    for (let i = 0; i < 5; i++) tell('a.example');
    tell('b.example');
    expect(lines.map(({ host, count }) => [host, count])).toEqual([
      ['a.example', undefined],
      ['b.example', undefined],
    ]);
    vi.advanceTimersByTime(10_000);
    expect(lines.slice(2)).toMatchObject([{ host: 'a.example', count: 4 }]);
    tell('a.example');
    expect(lines.at(-1)).not.toHaveProperty('count');
    log.flush();
    log.flush();
    expect(lines).toHaveLength(4);
  });

  it('bounds what an attacker makes of it, and hides no other outcome behind it', () => {
    for (let i = 0; i < 2000; i++) tell(`${i}.example`, 'refused');
    tell('a.example', 'allowed');
    expect(lines).toHaveLength(501);
    expect(lines.at(-1)).toMatchObject({ host: 'a.example', outcome: 'allowed' });
    vi.advanceTimersByTime(10_000);
    expect(lines.at(-1)).toMatchObject({ lost: 1500 });
    for (let i = 0; i < 2000; i++) tell(`${i}.example`, 'refused');
    expect(lines).toHaveLength(502 + 100);
  });

  it('counts what could not be written, and tells it once it can', () => {
    broken = true;
    tell('a.example');
    vi.advanceTimersByTime(10_000);
    broken = false;
    tell('b.example');
    log.flush();
    expect(lines).toMatchObject([{ host: 'b.example' }, { lost: 1 }]);
  });

  it('holds nothing that a terminal acts on, and no line longer than a pipe takes at once', () => {
    const host = '\u001b[2J\u202e\n'.repeat(60).slice(0, 256);
    const raw: string[] = [];
    const other = createEgressLog((line) => raw.push(line));
    other.write('key', { ...decision(host), addresses: Array<string>(500).fill('x'.repeat(1000)) });
    expect(raw).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(raw[0]).toMatch(/^[^\u0000-\u0009\u000b-\u001f\u202e]+$/);
    expect(Buffer.byteLength(raw[0] ?? '')).toBeLessThan(4096);
  });
});

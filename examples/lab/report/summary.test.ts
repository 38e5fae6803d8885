import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Attack, Outcome } from '../attack/attack.ts';
import { ablations } from '../run/replacement.ts';
import { printSummary } from './print-summary.ts';
import { type Results, summarize } from './summary.ts';

const attack: Attack = {
  group: 'SQL injection',
  name: 'always true',
  payload: "' OR '1'='1",
  kind: 'boolean',
  endpoint: 'GET products category',
  guide: true,
  part: 'store',
  code: [],
  fire: async () => ({ answer: '' }),
};
const shot = (outcome: Outcome) => ({ attack, outcome, events: [], at: 0 });
const [ablation] = ablations;
if (!ablation) throw new Error('There is no ablation.');

/** A run in which all is as it should be. */
const good: Results = {
  theirs: [shot({ answer: '200', lost: 'rows leaked' })],
  ours: [shot({ answer: '200' })],
  comparisons: [{ request: { name: 'home page' }, alike: true }],
  ablated: [{ ablation, attacks: 1, back: 1, shots: [] }],
  chromium: true,
  server: false,
};

/** Prints, and says by the exit code whether all is as it should be. */
function report(results: Results, all = false): number {
  const summary = summarize(results);
  printSummary(summary, all);
  return summary.exitCode;
}

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => void vi.restoreAllMocks());

describe('report', () => {
  it('gives 0 where the undefended application lost, the defended one did not, and the ablation brought it back', () => {
    expect(report(good)).toBe(0);
    expect(printed.join('\n')).toContain('rows leaked');
  });

  it('gives 1 where something got through', () => {
    expect(report({ ...good, ours: [shot({ answer: '200', lost: 'rows leaked' })] })).toBe(1);
    expect(report({ ...good, ours: [shot({ answer: '200', markup: '<svg>' })] })).toBe(1);
    expect(
      report({ ...good, ours: [shot({ answer: '400', reached: 'a connection to the metadata canary' })] }),
    ).toBe(1);
    expect(printed.join('\n')).toContain('The defended application lost to "always true"');
  });

  it('gives 1 where a legitimate request was lost', () => {
    const request = { name: 'home page', method: 'GET', path: '' } as const;
    expect(report({ ...good, comparisons: [{ request, alike: false, why: 'a / b' }] })).toBe(1);
  });

  it('gives 1 where an ablation changed nothing', () => {
    expect(report({ ...good, ablated: [{ ablation, attacks: 1, back: 0, shots: [] }] })).toBe(1);
    expect(report({ ...good, ablated: [{ ablation, attacks: 0, back: 0, shots: [] }] })).toBe(1);
    expect(report({ ...good, ablated: [{ ablation, attacks: 10, back: 1, shots: [] }] })).toBe(1);
    expect(report({ ...good, ablated: [{ ablation, attacks: 10, back: 9, shots: [] }] })).toBe(0);
  });

  it('gives 1 where nothing landed, and where a payload of the guide did not and nobody knows why', () => {
    expect(report({ ...good, theirs: [shot({ answer: '200' })] })).toBe(1);
    expect(printed.join('\n')).toContain('no reason is known');
  });

  it('knows that roles hold on a server, and not on the embedded database', () => {
    const drop = { ...attack, payload: "'; DROP TABLE users; --" };
    const results = { ...good, theirs: [...good.theirs, { ...shot({ answer: '500' }), attack: drop }] };
    const both = { ...results, ours: [...good.ours, shot({ answer: '200' })] };
    expect(report({ ...both, server: true })).toBe(0);
    expect(report({ ...both, server: false })).toBe(1);
  });

  it('gives 3 where no browser could confirm, and says which', () => {
    const unseen = shot({ answer: 'not opened', unconfirmed: true });
    const results = {
      ...good,
      theirs: [...good.theirs, unseen],
      ours: [...good.ours, unseen],
      chromium: false,
    };
    expect(report(results)).toBe(3);
    expect(printed.join('\n')).toContain('not confirmed');
  });

  it('gives 1 where a browser was there, and an attack was not confirmed at one of the two', () => {
    const stopped = shot({ answer: 'stopped: Timeout', unconfirmed: true });
    expect(report({ ...good, ours: [stopped] })).toBe(1);
    expect(
      report({ ...good, theirs: [...good.theirs, stopped], ours: [...good.ours, shot({ answer: '' })] }),
    ).toBe(1);
    expect(printed.join('\n')).toContain('was not confirmed: stopped: Timeout');
    expect(report(good)).toBe(0);
  });

  it('lets no payload act on the terminal', () => {
    const acting = { ...attack, payload: '\u001b[2J\r\n\u202e' };
    report({ ...good, theirs: [{ attack: acting, outcome: { answer: '', lost: 'x' }, events: [], at: 0 }] });
    expect(printed.join('')).toContain('\\u001b[2J\\u000d\\u000a\\u202e');
  });
});

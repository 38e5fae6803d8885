import { configureEvents } from 'bulwark/event';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustedHtml } from '../../lib/unsafe/html/index.ts';
import { missing } from '../machine/missing.ts';
import { type Context, decided, exact } from './contexts.ts';
import { openStage, type Stage } from './html-page.ts';
import { some, values } from './values.ts';
import { faults } from './verdict.ts';

const reason = missing('chromium');
const contexts = [...exact, ...decided];

describe.skipIf(reason)(`every context by some values, in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let stage: Stage;

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    stage = await openStage();
  });

  afterAll(async () => await stage?.close());

  it('has the contexts and the values that were promised', () => {
    expect(exact.length).toBeGreaterThanOrEqual(30);
    expect(contexts.length).toBeGreaterThanOrEqual(50);
    expect(values.length).toBeGreaterThanOrEqual(500);
    expect(new Set(contexts.map(({ name }) => name)).size).toBe(contexts.length);
  });

  it('sees what a page that escapes nothing runs, changes and loses', async () => {
    const careless: Context = {
      name: 'markup on trust',
      read: 'at?.textContent',
      markup: (v) =>
        trustedHtml(`<p id="at" title="${v}">${v}</p>`, { because: 'What the matrix has to see.' }),
    };
    const { shape } = await stage.show([careless], 'x');
    const seen = async (value: string): Promise<readonly string[]> =>
      faults([careless], value, await stage.show([careless], value), shape);
    expect((await seen('"><img src=x onerror=alert(1)>')).join()).toMatch(/ran alert.*structure.*another/);
    expect((await seen('a\r\n')).join()).toMatch(/is another in markup on trust/);
    expect(await seen('plain')).toEqual([]);
  });

  it('runs nothing, changes no structure, and gives every value back', async () => {
    const { shape } = await stage.show(contexts, 'x');
    const found: string[] = [];
    for (const value of some(120)) {
      found.push(...faults(contexts, value, await stage.show(contexts, value), shape));
    }
    expect(found).toEqual([]);
  }, 120_000);
});

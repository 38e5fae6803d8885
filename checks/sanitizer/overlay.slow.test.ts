import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { preset, render, sanitize, sanitizeWithReport } from '../../lib/html/index.ts';
import { launchChromium } from '../machine/chromium.ts';
import { missing } from '../machine/missing.ts';
import { covered, layouts } from './covered.ts';
import { newsletters } from './newsletters.ts';
import { overlays } from './overlays.ts';
import { placed } from './placed.ts';

const reason = missing('chromium');
const clean = (markup: string, policy: Parameters<typeof sanitize>[1] = 'email'): string =>
  render(sanitize(markup, policy));
const outputs = (policy?: Parameters<typeof sanitize>[1]): string[] => [
  ...new Set(overlays.map((one) => clean(one, policy))),
];

describe.skipIf(reason)(`mail among the buttons of a page${reason ? `: ${reason}` : ''}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    configureEvents({ sinks: [] });
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    await page.route('**', (route) =>
      route.request().url().startsWith('data:') ? route.continue() : route.abort(),
    );
    // A document in quirks mode would resolve heights in percent.
    await page.goto('data:text/html,<!doctype html><title>x</title>');
  });
  afterAll(() => browser?.close());

  it('covers many of them without its box', async () => {
    const some = outputs(preset('email', { allowOverflow: true })).filter((_, i) => i % 8 === 0);
    expect((await page.evaluate(covered, { layouts, markups: some })).length).toBeGreaterThan(50);
  }, 60_000);

  it('covers none in its box, whatever it is made of', async () => {
    // All of them are tried by overlay.long.test.ts.
    const some = outputs().filter((_, i) => i < 40 || i % 7 === 0);
    expect(some.length).toBeGreaterThan(400);
    expect(await page.evaluate(covered, { layouts, markups: some })).toEqual([]);
  }, 60_000);

  it('loses nothing of a newsletter, and moves nothing in it', async () => {
    expect(Object.keys(newsletters).length).toBeGreaterThanOrEqual(20);
    for (const [name, markup] of Object.entries(newsletters)) {
      const { html, removed } = sanitizeWithReport(markup, 'email');
      expect({ name, removed }).toEqual({ name, removed: [] });
      for (const width of [360, 700, 1000]) {
        const before = await page.evaluate(placed, { markup, width, box: false });
        const after = await page.evaluate(placed, { markup: render(html), width, box: true });
        expect(before.length).toBeGreaterThan(0);
        expect({ name, width, placed: after }).toEqual({ name, width, placed: before });
      }
    }
  }, 60_000);

  it('stays whole as an item of a column, a row and a grid', async () => {
    const long = clean('<p>line</p>'.repeat(60));
    const heights = await page.evaluate(
      ({ pages, markup }) =>
        pages.map((one) => {
          document.body.innerHTML = one.replace('@', () => markup);
          const box = document.querySelector('#out > div');
          return [box?.clientHeight === box?.scrollHeight, (box?.clientHeight ?? 0) > 600];
        }),
      { pages: Object.values(layouts), markup: long },
    );
    expect(heights).toEqual(heights.map(() => [true, true]));
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { allPlaces } from '../attack/all-attacks.ts';
import type { Attack } from '../attack/attack.ts';
import { htmlReport } from '../report/html-report.ts';
import { summarize } from '../report/summary.ts';
import { finishedRun, watchRun } from '../run/run-progress.ts';
import { type LabPage, serveLabPage } from './serve-lab-page.ts';
import { controlsWithout } from './testing/controls-without.ts';
import { look } from './testing/look.ts';

const [place] = allPlaces;
const controls = controlsWithout({ answer: '200', lost: 'a secret leaked' });
const empty = { theirs: [], ours: [], comparisons: [], ablated: [], chromium: true, server: false };

const attack: Attack = {
  ...{ group: 'XSS', name: 'x', payload: 'x', kind: 'x', endpoint: 'GET search q', guide: false },
  ...{ part: 'pages', code: [], fire: async () => ({ answer: '' }) },
};
const shot = (lost?: string) => ({
  ...{ attack, events: [], at: 0 },
  outcome: { answer: '200', ...(lost !== undefined && { lost }) },
});

/** Runs in the page: the boxes that are narrower than what is in them. */
function cutIn(selector: string): string[] {
  return [...document.querySelectorAll<HTMLElement>(selector)]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
    .map(
      (one) => `${one.className} ${one.scrollWidth} > ${one.clientWidth}: ${one.textContent?.slice(0, 60)}`,
    );
}

/** The walk through the page with both applications behind it is a long test. */
describe.skipIf(missing('chromium') !== undefined)('the page of the lab, in Chromium', () => {
  let served: LabPage;
  let browser: Browser;
  beforeAll(async () => {
    served = await serveLabPage(controls, finishedRun(summarize(empty)));
    browser = await launchChromium();
    if (place) await controls.fire(place, '<script>alert(1)</script>');
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it.each(['light', 'dark'] as const)('is %s, accessible, and as wide as a phone', async (colorScheme) => {
    const page = await browser.newPage({ colorScheme, viewport: { width: 390, height: 844 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(served.url);
    await look(page, `quick-overview-${colorScheme}`);
    await page.goto(`${served.url}duels/1`);
    await look(page, `quick-duel-${colorScheme}`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is there while the shops start, and grows with the run until it is over', async () => {
    const watch = watchRun();
    const starting = { ...controls, undefendedUrl: undefined, defendedUrl: undefined };
    const early = await serveLabPage(starting, watch);
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(early.url);
    expect(await page.getByText('Undefended shop is starting').count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Attack a shop');
    await look(page, 'starting');
    watch.start(2);
    watch.say('Attacking both shops');
    watch.shot('undefended', shot('rows leaked'));
    watch.shot('defended', shot());
    await expect.poll(() => page.locator('#run-count').textContent(), { timeout: 20_000 }).toBe('1 of 2');
    expect(await page.locator('#figure-undefendedLost').textContent()).toBe('1');
    await look(page, 'running');
    watch.finish(summarize({ ...empty, theirs: [shot('rows leaked')], ours: [shot()] }));
    await expect.poll(() => page.locator('.running').count(), { timeout: 20_000 }).toBe(0);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('1 attack got through.');
    await page.close();
    await early.close();
  });

  it.each([390, 1100])('cuts no line of code at %d pixels', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    for (const { code } of [...new Map(allPlaces.map((one) => [one.code[0]?.file, one])).values()]) {
      const [spot] = code;
      const at = spot && allPlaces.find((one) => one.code.includes(spot));
      if (!at) continue;
      const { id } = await controls.fire(at, 'x'.repeat(500));
      await page.goto(`${served.url}duels/${id}`);
      expect(await page.evaluate(cutIn, '.diff td, .payload, .sides, .scroll, td')).toEqual([]);
    }
    await page.close();
  });

  it.each([390, 1100])('cuts nothing in the report at %d pixels', async (width) => {
    const long = {
      ...shot(),
      attack: { ...attack, payload: 'y'.repeat(3_000), endpoint: 'GET products category' },
    };
    const theirs = { ...long, outcome: { answer: '200', lost: 'script ran: alert' } };
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.setContent(htmlReport(summarize({ ...empty, theirs: [theirs], ours: [long] })));
    expect(await page.getByText('y'.repeat(3_000)).count()).toBe(1);
    expect(await page.evaluate(cutIn, '.rows td, .scroll:has(.rows)')).toEqual([]);
    await page.close();
  });
});

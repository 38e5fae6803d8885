import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { allPlaces } from '../attack/all-attacks.ts';
import { summarize } from '../report/summary.ts';
import { type LabPage, serveLabPage } from './serve-lab-page.ts';
import { controlsWithout } from './testing/controls-without.ts';
import { look } from './testing/look.ts';

const [place] = allPlaces;
const controls = controlsWithout({ answer: '200', lost: 'a secret leaked' });
const empty = { theirs: [], ours: [], comparisons: [], ablated: [], chromium: true, server: false };

/** The walk through the page with both applications behind it is a long test. */
describe.skipIf(missing('chromium') !== undefined)('the page of the lab, in Chromium', () => {
  let served: LabPage;
  let browser: Browser;
  beforeAll(async () => {
    served = await serveLabPage(controls, summarize(empty));
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
});

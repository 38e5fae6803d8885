import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../machine/chromium.ts';
import { missing } from '../machine/missing.ts';
import { bodySkeletons, documentSkeletons, someValues } from './hole-places.ts';
import { falseAlarms, movedBehind, outcomes } from './moved-nodes.ts';

const reason = missing('chromium');

describe.skipIf(reason)(`what follows a hole, in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(async () => await browser?.close());

  it('keeps its parents whatever value the tag accepts, and no value is refused that moves nothing', async () => {
    const all = await outcomes(page, [...bodySkeletons, ...documentSkeletons], someValues);
    expect(movedBehind(all)).toEqual([]);
    expect(falseAlarms(all)).toEqual([]);
    expect(all.filter(({ taken, moved }) => taken === false && moved).length).toBeGreaterThan(300);
    expect(all.filter(({ taken }) => taken).length).toBeGreaterThan(1_500);
  }, 120_000);
});

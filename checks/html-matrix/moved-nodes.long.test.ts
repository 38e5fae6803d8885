import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../machine/chromium.ts';
import { missing } from '../machine/missing.ts';
import { bodySkeletons, documentSkeletons, values } from './hole-places.ts';
import { falseAlarms, movedBehind, outcomes } from './moved-nodes.ts';

const reason = missing('chromium');

describe.skipIf(reason)(`every value in every place, in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(async () => await browser?.close());

  it('moves nothing behind its hole where the tag accepts it, and is refused only where it would', async () => {
    const all = await outcomes(page, [...bodySkeletons, ...documentSkeletons], values);
    expect(movedBehind(all)).toEqual([]);
    expect(falseAlarms(all)).toEqual([]);
    expect(all.filter(({ taken, moved }) => taken === false && moved).length).toBeGreaterThan(10_000);
    expect(all.filter(({ taken }) => taken).length).toBeGreaterThan(50_000);
  });
});

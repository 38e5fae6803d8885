import { expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { render, sanitize } from '../../lib/html/index.ts';
import { launchChromium } from '../machine/chromium.ts';
import { missing } from '../machine/missing.ts';
import { covered, layouts } from './covered.ts';
import { overlays } from './overlays.ts';

const reason = missing('chromium');

it.skipIf(reason)(
  `mail covers no button of the page, with every property at every extreme${reason ? `: ${reason}` : ''}`,
  async () => {
    configureEvents({ sinks: [] });
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
      await page.route('**', (route) =>
        route.request().url().startsWith('data:') ? route.continue() : route.abort(),
      );
      await page.goto('data:text/html,<!doctype html><title>x</title>');
      const markups = [...new Set(overlays.map((one) => render(sanitize(one, 'email'))))];
      expect(markups.length).toBeGreaterThan(2_000);
      expect(await page.evaluate(covered, { layouts, markups })).toEqual([]);
    } finally {
      await browser.close();
    }
  },
  600_000,
);

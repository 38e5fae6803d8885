import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { lossOf, summarize } from '../report/summary.ts';
import { fireAll } from '../run/fire-all.ts';
import { type Lab, openLab } from '../run/open-lab.ts';
import { createOpened } from '../run/opened.ts';
import { finishedRun } from '../run/run-progress.ts';
import { type Controls, createControls } from './controls.ts';
import { famous } from './famous.ts';
import { type LabPage, serveLabPage } from './serve-lab-page.ts';
import { look } from './testing/look.ts';

const opened = createOpened();
/** What the browser complained about: a policy that was violated, a script that failed. */
const complaints: string[] = [];
let lab: Lab;
let controls: Controls;
let served: LabPage;
let browser: Browser;
let page: Page;

async function openPage(options: BrowserContextOptions): Promise<Page> {
  const tab = await (await browser.newContext(options)).newPage();
  tab.on('console', (message) => {
    if (/^(?:error|warning)$/.test(message.type())) complaints.push(message.text());
  });
  tab.on('pageerror', ({ message }) => complaints.push(message));
  return tab;
}

/** Clicks what leads to the page of an attack, and waits until it is there. */
async function fireBy(click: () => Promise<unknown>): Promise<void> {
  const next = (controls.duels[0]?.id ?? 0) + 1;
  await Promise.all([page.waitForURL(new RegExp(`/duels/${next}(?:\\?|$)`), { waitUntil: 'load' }), click()]);
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const headline = (): Promise<string | null> => page.getByRole('heading', { level: 1 }).textContent();

describe.skipIf(missing('chromium') !== undefined)(
  'a walk through the page of the lab, in Chromium',
  {
    timeout: 120_000,
  },
  () => {
    beforeAll(async () => {
      lab = await openLab(opened, undefined);
      controls = opened.add(createControls(Promise.resolve(lab)), (made) => made.close());
      // A run in small, so that there is something to show.
      const attacks = famous.map(({ place, payload, title }) => ({
        ...place,
        ...{ payload, name: title, kind: 'famous', guide: false },
      }));
      const [theirs, ours] = await Promise.all([
        fireAll(lab.undefended, attacks, lab.range('undefended'), () => {}),
        fireAll(lab.defended, attacks, lab.range('defended'), () => {}),
      ]);
      const results = { theirs, ours, comparisons: [], ablated: [], chromium: true, server: false };
      served = opened.add(await serveLabPage(controls, finishedRun(summarize(results))), (one) =>
        one.close(),
      );
      browser = opened.add(await launchChromium(), (one) => one.close());
      page = await openPage({ viewport: { width: 1360, height: 900 } });
    }, 120_000);
    afterAll(() => opened.close());

    it('opens with the run', async () => {
      await page.goto(served.url);
      expect(await headline()).toContain(`${famous.length} attacks got through. With Bulwark, none did.`);
      await look(page, 'overview-light');
    });

    it('fires each of the attacks by one click: the undefended shop loses, the defended one does not', async () => {
      for (const { title, place } of famous) {
        await page.goto(served.url);
        await fireBy(() => button(`Fire: ${title}`).click());
        const [duel] = controls.duels;
        expect(duel?.undefended.lost, title).toBeDefined();
        expect(duel && lossOf(duel.defended), title).toBeUndefined();
        expect(await headline()).toContain(`Undefended: ${duel?.undefended.lost}. Defended: nothing lost.`);
        const code = page.getByRole('table').filter({ hasText: 'Undefended' }).first();
        expect(await code.locator('.removed, .added').count(), title).toBeGreaterThan(0);
        if (place.group === 'XSS') expect(await page.getByRole('img').count()).toBe(2);
      }
      await look(page, 'duel-error-details');
    });

    it('shows what was stolen, and marks it', async () => {
      await page.goto(`${served.url}duels/2`);
      const stolen = await page.locator('mark.stolen').allTextContents();
      expect(stolen.length).toBeGreaterThanOrEqual(4);
      await look(page, 'duel-sql');
      await page.goto(`${served.url}duels/4`);
      expect(
        await page.getByRole('region', { name: 'Source of the page, undefended' }).textContent(),
      ).toContain('<script>alert(document.domain)</script>');
      expect(
        await page.getByRole('region', { name: 'Source of the page, defended' }).textContent(),
      ).toContain('&lt;script&gt;alert(document.domain)&lt;/script&gt;');
      await look(page, 'duel-xss');
      await page.goto(`${served.url}duels/8`);
      expect(await page.locator('mark.stolen').textContent()).toMatch(/^lab-key-/);
      await look(page, 'duel-ssrf');
    });

    it("takes a payload of the corpus, and one's own", async () => {
      await page.goto(served.url);
      await page.getByLabel('Endpoint', { exact: true }).selectOption({ label: 'POST preview url' });
      expect(await page.locator('#corpus optgroup:not([hidden])').count()).toBe(1);
      await page.getByLabel('Payload from the corpus').selectOption({ label: 'hexadecimal nip.io' });
      expect(await page.getByLabel('Payload', { exact: true }).inputValue()).toBe('http://7f000001.nip.io/');
      await fireBy(() => button('Fire at both').click());
      expect(controls.duels[0]?.undefended.lost).toBeDefined();

      await page.getByLabel('Endpoint', { exact: true }).selectOption({ label: 'GET search q' });
      await page.getByLabel('Payload', { exact: true }).fill('<svg onload=alert(7)>\nand a second line');
      await fireBy(() => button('Fire at both').click());
      expect(controls.duels[0]?.payload).toBe('<svg onload=alert(7)>\nand a second line');
      expect(await headline()).toContain('Undefended: script ran: alert. Defended: nothing lost.');

      await page.getByLabel('Payload', { exact: true }).fill('Fair winds & a following sea');
      await fireBy(() => button('Fire at both').click());
      expect(await headline()).toBe('Neither shop lost anything that the lab can detect.');
      await look(page, 'duel-harmless');
    });

    it('takes a guard out by a switch, and the exploit returns; puts it back, and it is gone', async () => {
      await page.goto(`${served.url}duels/2`);
      const before = controls.defendedUrl;
      await fireBy(() => page.getByRole('switch', { name: 'bulwark/sql' }).click());
      expect(await headline()).toContain('Both fell');
      expect(await page.getByRole('switch', { name: 'bulwark/sql' }).getAttribute('aria-checked')).toBe(
        'false',
      );
      expect(await page.locator('.note').textContent()).toContain('with bulwark/sql taken out');
      expect(controls.defendedUrl).toBe(before);
      await look(page, 'guard-out');
      await fireBy(() => button('Put all back').click());
      expect(await headline()).toContain('Defended: nothing lost.');
      expect(await page.getByRole('switch', { checked: false }).count()).toBe(0);
    });

    it("gives the victim's credit away once bulwark/csrf is out, and keeps it once it is back", async () => {
      await page.goto(served.url);
      await fireBy(() => button('Fire: Spend the victim\u2019s credit').click());
      expect(controls.duels[0]?.events.map(({ code }) => code)).toEqual(['csrf/cross-site']);
      await fireBy(() => page.getByRole('switch', { name: 'bulwark/csrf' }).click());
      expect(await headline()).toContain('Both fell: 50 euros of credit given away');
      await look(page, 'duel-csrf');
      await fireBy(() => button('Put all back').click());
      expect(await headline()).toContain('Defended: nothing lost.');
    });

    it('needs two lines out before a script runs, where a second one holds it', async () => {
      await page.goto(`${served.url}duels/4`);
      await fireBy(() => page.getByRole('switch', { name: 'bulwark/html' }).click());
      expect(controls.duels[0]?.defended).toMatchObject({ markup: '<script>' });
      expect(controls.duels[0]?.defended.lost).toBeUndefined();
      await fireBy(() => page.getByRole('switch', { name: 'Headers and CSP' }).click());
      expect(controls.duels[0]?.defended.lost).toBe('script ran: alert');
      await fireBy(() => button('Put all back').click());
      expect(await headline()).toContain('Defended: nothing lost.');
    });

    it('streams events in while nobody reloads', async () => {
      await page.goto(served.url);
      await expect.poll(() => page.locator('#stream-state').textContent()).toBe('live');
      const count = await page.locator('#events li').count();
      await fetch(`${lab.defended.url}products?sort=passwrd_of_a_stranger`);
      await expect.poll(() => page.locator('#events li.fresh').count()).toBeGreaterThan(0);
      expect(await page.locator('#events li').count()).toBeGreaterThan(count);
      expect(await page.locator('#events li').first().textContent()).toMatch(/^sql\//);
    });

    it('leads to both shops, and makes their databases anew', async () => {
      for (const name of ['Undefended shop', 'Defended shop']) {
        const [shop] = await Promise.all([
          page.context().waitForEvent('page'),
          page.getByRole('link', { name: `${name} , in a new tab`, exact: true }).click(),
        ]);
        await shop.waitForLoadState();
        expect(await shop.getByRole('heading', { level: 1 }).textContent()).toBe('Quayside Supplies');
        expect(await shop.evaluate(() => document.referrer)).toBe('');
        await shop.close();
      }
      const comment = new URLSearchParams({ author: 'Visitor', content: 'Hello' });
      await fetch(`${lab.defended.url}comments`, { method: 'POST', body: comment });
      const changed = await lab.defended.fingerprint();
      await Promise.all([page.waitForEvent('load'), button('Reset both databases').click()]);
      expect((await lab.defended.fingerprint())['comments']).not.toBe(changed['comments']);
    });

    it('is used by keyboard alone', async () => {
      await page.goto(served.url);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
        `Fire: ${famous[0]?.title}`,
      );
      await fireBy(() => page.keyboard.press('Enter'));
      expect(await headline()).toContain('Undefended: logged in without a password');
    });

    it('has a dark side, and fits a phone, in both', async () => {
      await button('Dark').click();
      await page.waitForLoadState();
      expect(await button('Dark').getAttribute('aria-pressed')).toBe('true');
      await page.goto(`${served.url}duels/2`);
      await look(page, 'duel-dark');
      await page.goto(served.url);
      await look(page, 'overview-dark');
      await page.setViewportSize({ width: 390, height: 844 });
      await look(page, 'phone-overview-dark');
      await page.goto(`${served.url}duels/4`);
      await look(page, 'phone-duel-dark');
      await button('Light').click();
      await page.waitForLoadState();
      await look(page, 'phone-duel-light');
      await page.goto(served.url);
      await look(page, 'phone-overview-light');
    });

    it('works without its script', async () => {
      const plain = await openPage({ javaScriptEnabled: false, viewport: { width: 1360, height: 900 } });
      await plain.goto(served.url);
      await plain.getByLabel('Endpoint', { exact: true }).selectOption({ label: 'GET products category' });
      await plain.getByLabel('Payload', { exact: true }).fill("' or true --");
      await plain.getByRole('button', { name: 'Fire at both' }).click();
      await plain.waitForURL('**/duels/*');
      expect(controls.duels[0]?.undefended.lost).toBe('unpublished rows leaked');
      await plain.context().close();
    });

    it('gave the browser nothing to complain about', () => {
      expect(complaints).toEqual([]);
    });
  },
);

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { password } from './testing/people.ts';
import { type Site, startSite } from './testing/start-site.ts';

const reason = missing('postgres') ?? missing('chromium');

describe.skipIf(reason)(`the site with Bulwark, in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let site: Site;
  let chromium: Browser;
  let home: string;
  let foreign: Server;
  beforeAll(async () => {
    process.env['NODE_ENV'] = 'production';
    site = await startSite(() => import('./app.ts'));
    chromium = await launchChromium();
    home = site.base.replace('127.0.0.1', 'localhost');
    foreign = createServer((_req, res) => {
      res.setHeader('Content-Type', 'text/html').end(`<form method="post" action="${home}/profile">
        <input name="shown_name" value="Eve"><input name="about" value=""><button>Win</button></form>`);
    }).listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await chromium?.close();
    foreign?.close();
    await site?.close();
  });

  async function fill(
    page: Page,
    path: string,
    fields: Record<string, string>,
    button: string,
  ): Promise<void> {
    await page.goto(`${home}${path}`);
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
    await page.getByRole('button', { name: button, exact: true }).click();
  }

  test('serves somebody from sign-up to log-out, and back to the page that they wanted', async () => {
    const page = await (await chromium.newContext()).newPage();
    await fill(page, '/sign-up', { name: 'Zoe', password }, 'Sign up');
    expect(page.url()).toBe(`${home}/profile`);
    const about = '<script>document.title = "taken"</script> & "tea"';
    await fill(page, '/profile', { shown_name: 'Zoe', about }, 'Save');
    expect(await page.locator('p').textContent()).toBe(about);
    expect(await page.title()).toBe('Zoe');
    await fill(page, '/profile', {}, 'Log out');
    expect(page.url()).toBe(`${home}/`);
    await fill(page, '/devices', { name: 'zoe', password }, 'Log in');
    expect(page.url()).toBe(`${home}/devices`);
    expect(await page.locator('li').count()).toBe(1);
    const kept = (await page.context().cookies()).map(({ name, secure, httpOnly }) => [
      name,
      secure,
      httpOnly,
    ]);
    expect(kept.map(([name]) => name)).toEqual(
      expect.arrayContaining(['__Host-session', '__Host-device', '__Host-csrf']),
    );
    for (const [, ...flags] of kept) expect(flags).toEqual([true, true]);
  });

  test('refuses the form of another site, which changes nothing', async () => {
    const page = await (await chromium.newContext()).newPage();
    await fill(page, '/sign-up', { name: 'Max', password }, 'Sign up');
    await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button').click(),
    ]);
    expect(answer.status()).toBe(403);
    await page.goto(`${home}/profile`);
    expect(await page.locator('h1').textContent()).toBe('Max');
  });
});

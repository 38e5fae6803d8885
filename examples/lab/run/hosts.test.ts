import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import type { App } from './app-process.ts';
import { type Hosts, origins, startHosts } from './hosts.ts';

const reason = missing('chromium');

/** The web around the victim: what it leads to, and what nobody reaches. */
describe.skipIf(reason)(`the hosts of the lab${reason ? `: ${reason}` : ''}`, { timeout: 60_000 }, () => {
  let hosts: Hosts;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let shop: Server;
  const requests: IncomingMessage[] = [];

  beforeAll(async () => {
    shop = createServer((req, res) => {
      requests.push(req);
      res.setHeader('Set-Cookie', 'id=1; Path=/').end('<p>The shop.</p>');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => shop.once('listening', resolve));
    hosts = await startHosts();
    browser = await launchChromium(hosts.chromiumArgs);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await hosts?.stop();
    shop?.close();
  });
  beforeEach(async () => {
    await context?.close();
    context = await browser.newContext({ ignoreHTTPSErrors: true });
    page = await context.newPage();
    const { port } = shop.address() as AddressInfo;
    hosts.showShop({ url: `http://127.0.0.1:${port}/token/` } as App);
    requests.length = 0;
  });

  it('put the shop behind a proxy that tells who came', async () => {
    await page.goto(`${origins.shop}/a/b?c=d`);
    expect(await page.textContent('p')).toBe('The shop.');
    const [req] = requests;
    expect(req?.url).toBe('/token/a/b?c=d');
    expect(req?.headers).toMatchObject({
      ...{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.test' },
      ...{ 'x-forwarded-for': expect.stringMatching(/^11\./), 'sec-fetch-site': 'none' },
    });
  });

  it('are one site for the browser where their names say so', async () => {
    const siteOf = async (origin: string): Promise<string | undefined> => {
      requests.length = 0;
      hosts.publish(origin, `<a href="${origins.shop}/from">The shop</a>`);
      await page.goto(origin);
      await page.click('a');
      await page.waitForURL(`${origins.shop}/from`);
      return String(requests[0]?.headers['sec-fetch-site']);
    };
    expect(await siteOf(origins.blog)).toBe('same-site');
    expect(await siteOf(origins.evil)).toBe('cross-site');
  });

  it('show in clear what is sent over HTTP, and nothing of it to the shop', async () => {
    await page.goto(origins.shop);
    requests.length = 0;
    await page.goto('http://shop.test/x');
    expect(hosts.received).toEqual([{ url: 'http://shop.test/x', body: '', cookie: 'id=1' }]);
    expect(requests).toEqual([]);
  });

  it('keep what a page sends, and forget it before the next attack', async () => {
    hosts.publish(
      origins.evil,
      '<form method="post" action="/stolen"><input name="a" value="b"><button>x</button></form>',
    );
    await page.goto(origins.evil);
    await page.click('button');
    await page.waitForURL('**/stolen');
    expect(hosts.received.at(-1)).toMatchObject({ url: `${origins.evil}/stolen`, body: 'a=b' });
    hosts.showShop({ url: 'http://127.0.0.1:9/token/' } as App);
    expect(hosts.received).toEqual([]);
    await page.goto(origins.evil);
    expect(await page.textContent('body')).toContain('Nothing here.');
  });

  it('lead nowhere else', async () => {
    await expect(page.goto('https://example.com/')).rejects.toThrow(/ERR_/);
    await expect(page.goto('https://shop.test:8443/')).rejects.toThrow(/ERR_/);
  });
});

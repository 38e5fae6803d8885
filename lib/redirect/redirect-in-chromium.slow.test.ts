import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { configureEvents } from '../event/index.ts';
import { redirectAttacks } from '../testing/corpus/redirect.ts';
import { safeRedirect } from './index.ts';

const reason = missing('chromium');

describe.skipIf(reason)(`in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let port = 0;
  let location = '';
  /** The hosts that the browser asked since the last redirect. */
  let asked = new Set<string>();

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    server = createServer((req, res) => {
      const host = String(req.headers.host).replace(/:\d+$/, '');
      if (req.url !== '/favicon.ico') asked.add(host);
      if (req.url === '/go/on/x' && host === 'shop.localhost') {
        // As bytes, since Node refuses what is not Latin-1.
        res.writeHead(302, { Location: Buffer.from(location).toString('latin1') }).end();
      } else res.setHeader('Content-Type', 'text/html').end('<!doctype html><title>x</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  /** The names of this machine instead of those of the corpus. Nothing here speaks TLS. */
  const here = (target: string): string =>
    target
      .replace(/https/gi, 'http')
      .replace(/(evil|\uff45vil)(\.|\u3002)example/gi, `$1$2localhost:${port}`)
      .replace(/shop\.example\.com(\.)?/g, (_, dot?: string) =>
        dot ? 'shop.localhost.' : `shop.localhost:${port}`,
      );

  async function follow(to: string): Promise<ReadonlySet<string>> {
    location = to;
    asked = new Set();
    // A target that cannot be loaded is an error of the navigation.
    await page.goto(`http://shop.localhost:${port}/go/on/x`).catch(() => {});
    return asked;
  }

  // Node sends no header with a line break, and proxies split it.
  const sendable = redirectAttacks.filter(({ payload }) => !/[^\P{Cc}\t]/u.test(payload));

  it('every attack that is said to leave the site does, unguarded', async () => {
    for (const { payload } of sendable.filter(({ leaves }) => leaves !== false)) {
      // From an http page this is a relative URL.
      if (/^https?:\/?[^/\\]/.test(payload)) continue;
      expect([payload, [...(await follow(here(payload)))].some((host) => host.includes('evil'))]).toEqual([
        payload,
        true,
      ]);
    }
  }, 120_000);

  it('none does behind the guard', async () => {
    for (const { payload } of redirectAttacks) {
      const hosts = await follow(safeRedirect(here(payload), { fallback: '/home' }));
      expect([payload, ...hosts]).toEqual([payload, 'shop.localhost']);
      expect(page.url()).toBe(`http://shop.localhost:${port}/home`);
    }
  }, 120_000);

  it('no accepted target leaves the site', async () => {
    const unit = fc.constantFrom(
      ...[
        '/',
        '\\',
        '.',
        '..',
        '%2e',
        '%2f',
        '%5c',
        '\t',
        ' ',
        '@',
        ':',
        '?',
        '#',
        '\uff0f',
        'evil.localhost',
        'http:',
        'a',
      ],
    );
    const targets = fc
      .sample(fc.array(unit, { minLength: 2, maxLength: 7 }), 3_000)
      .map((list) => safeRedirect(`/${list.join('')}`, { fallback: '/' }));
    const chosen = [...new Set(targets)].filter((target) => target.includes('evil')).slice(0, 60);
    expect(chosen.length).toBe(60);
    for (const target of chosen) {
      expect([target, ...(await follow(target))]).toEqual([target, 'shop.localhost']);
    }
  }, 120_000);
});

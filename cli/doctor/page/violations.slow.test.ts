import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { pageCases } from './page-cases.ts';

const reason = missing('chromium');

describe.skipIf(reason)(`what Chromium blocks${reason ? `: ${reason}` : ''}`, () => {
  let server: Server;
  let browser: Browser;
  let tab: Page;
  let origin: string;

  beforeAll(async () => {
    server = createServer((req, res) => {
      const index = /^\/case\/(\d+)$/.exec(req.url ?? '')?.[1];
      const found = index === undefined ? undefined : pageCases[Number(index)];
      if (found) {
        res.setHeader('Content-Type', 'text/html; charset=utf-8');
        res.setHeader('Content-Security-Policy', found.policy);
        res.end(`<!doctype html><title>x</title><body>${found.markup}`);
      } else {
        res.setHeader('Content-Type', typeOf(req.url ?? ''));
        res.end('');
      }
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://page.localhost:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
    tab = await browser.newPage();
    await tab.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close().closeAllConnections();
  });

  // Headless Chromium doesn't load a page's icon.
  const shown = pageCases.flatMap((each, index) =>
    /rel="icon"/.test(each.markup) ? [] : [{ ...each, index }],
  );

  it.each(shown.map((each) => [each.markup, each.policy, each] as const))(
    '%s under %s',
    { timeout: 30_000 },
    async (_markup, _policy, { index, blocked }) => {
      await tab.goto(`${origin}/case/${index}`, { waitUntil: 'load' });
      // Violation events are separate tasks, queued after the page's load event.
      const seen = await tab.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return (globalThis as unknown as { seen: string[] }).seen;
      });
      expect(seen.length > 0, seen.join()).toBe(blocked);
    },
  );
});

function typeOf(path: string): string {
  if (path.endsWith('.js')) return 'text/javascript';
  return path.endsWith('.css')
    ? 'text/css'
    : path.endsWith('.txt')
      ? 'text/plain'
      : 'application/octet-stream';
}

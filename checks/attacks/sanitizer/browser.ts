import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../machine/chromium.ts';

export interface Place {
  page: Page;
  /** Without the slash at the end. */
  origin: string;
  /** Paths that were asked for under `/canary/`. */
  canaries: string[];
  /** What `alert` was called with, in any frame. */
  alerts: string[];
  /** Shows this as a document of its own, parsed as one that came from a server. */
  show(document: string): Promise<void>;
  close(): Promise<void>;
}

/** One page of one browser, with a server that answers everything and notes what it must not be asked for. */
export async function openPlace(): Promise<Place> {
  let document = '';
  const canaries: string[] = [];
  const alerts: string[] = [];
  const server = createServer((req, res) => {
    const url = req.url ?? '';
    if (url.includes('canary')) canaries.push(url);
    if (url !== '/document' && url !== '/') {
      res.writeHead(404).end();
      return;
    }
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(url === '/' ? '' : document);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser: Browser = await launchChromium();
  const page = await browser.newPage();
  await page.exposeBinding('bulwarkAlert', (_source, text: string) => {
    alerts.push(text);
  });
  await page.addInitScript(
    `window.alert = (text) => bulwarkAlert(String(text)); window.msgbox = window.alert;`,
  );
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.goto(`${origin}/`);
  return {
    page,
    origin,
    canaries,
    alerts,
    async show(markup) {
      document = markup;
      await page.goto(`${origin}/document`, { waitUntil: 'load' });
    },
    async close() {
      await browser.close();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

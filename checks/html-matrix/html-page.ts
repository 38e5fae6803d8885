import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { html, render } from 'bulwark/html';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../machine/chromium.ts';
import type { Context } from './contexts.ts';

/** What one page showed. */
export interface Shown {
  /** What a payload called. */
  readonly hits: readonly string[];
  /** Elements and names of attributes. */
  readonly shape: string;
  /** By context, what the value is there. */
  readonly read: readonly (unknown | undefined)[];
}

export interface Stage {
  show(contexts: readonly Context[], value: string): Promise<Shown>;
  close(): Promise<void>;
}

/** A Chromium with one page, in which everything that payloads call is counted. */
export async function openStage(): Promise<Stage> {
  let body = '';
  const hits: string[] = [];
  const server: Server = createServer((req, res) => {
    if (req.url === '/page') res.setHeader('content-type', 'text/html; charset=utf-8').end(body);
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser: Browser = await launchChromium();
  const context: BrowserContext = await browser.newContext();
  await context.exposeBinding('bulwarkHit', (_source, what: string) => void hits.push(what));
  await context.addInitScript(watch);
  const page: Page = await context.newPage();
  return {
    async show(contexts, value) {
      hits.length = 0;
      const sections = contexts.map(({ markup }) => html`<section>${markup(value)}</section>`);
      body = render(html`<!doctype html><html><head></head><body>${sections}</body></html>`);
      await page.goto(`${origin}/page`);
      const [shape, read] = await page.evaluate(
        inspect,
        contexts.map(({ read }) => read ?? ''),
      );
      return { hits: [...hits], shape, read };
    },
    async close() {
      await browser.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

// What follows runs in the page.

function watch(): void {
  const hit = (globalThis as unknown as { bulwarkHit(what: string): void }).bulwarkHit;
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'fetch']) {
    Object.defineProperty(globalThis, name, { value: () => hit(name) });
  }
}

/** Reads the page, then does what a user would: goes over, presses and focuses everything. */
async function inspect(reads: readonly string[]): Promise<[shape: string, read: unknown[]]> {
  const sections = [...document.querySelectorAll('body > section')];
  const read = reads.map((expression, i) => {
    const at = sections[i]?.querySelector('#at') ?? null;
    return expression === '' ? undefined : new Function('at', `return ${expression}`)(at);
  });
  const names = (element: Element): string => element.getAttributeNames().join();
  const shape = [...document.querySelectorAll('*')]
    .map((e) => `${e.namespaceURI} ${e.localName} ${names(e)}`)
    .join('\n');
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const link = element.closest('a, area, form, button, input');
    const targets = ['href', 'action', 'formaction'].map((name) => link?.getAttribute(name) ?? '');
    const runs = targets.some((target) => /^[\0-\x20]*j[\s\S]*:/i.test(target));
    for (const type of ['mouseover', 'pointerover', ...(runs ? ['click'] : [])]) {
      element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
    }
    if (typeof element.focus === 'function') element.focus();
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a, area')) {
    if (link.protocol === 'javascript:') link.click();
  }
  // Errors of images, and focus, come as tasks of their own.
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve));
  return [shape, read];
}

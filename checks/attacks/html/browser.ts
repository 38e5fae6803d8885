import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchChromium } from '../../machine/chromium.ts';
import { type Job, look, type Seen } from './page-script.ts';

/** A Chromium that shows documents of its own loopback server, and counts what they ran and fetched. */
export interface Viewer {
  view(
    documents: readonly {
      readonly markup: string;
      readonly reads: readonly string[];
      readonly like?: string;
    }[],
  ): Promise<Seen[]>;
  readonly canaries: string[];
  readonly fired: string[];
  close(): Promise<void>;
}

export async function openViewer(): Promise<Viewer> {
  const shown: string[] = [];
  const canaries: string[] = [];
  const fired: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path.includes('canary')) canaries.push(`${path} of ${request.headers.referer ?? ''}`);
    const markup =
      path === '/'
        ? '<!doctype html><title>cases</title><body></body>'
        : shown[Number(/^\/case\/(\d+)$/.exec(path)?.[1] ?? -1)];
    response.writeHead(markup === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(markup ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.exposeFunction('firedIn', (where: string) => void fired.push(where));
  await page.addInitScript(() => {
    const hook = (): void =>
      void (globalThis as unknown as { firedIn(where: string): void }).firedIn(location.href);
    for (const name of ['pwn', 'alert', 'confirm', 'prompt', 'print'])
      Object.defineProperty(globalThis, name, { value: hook });
  });
  // What the transformer of the tests puts around functions.
  await page.addInitScript('globalThis.__name = (value) => value;');
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.goto(`${origin}/`);
  return {
    canaries,
    fired,
    view: async (documents) => {
      const jobs: Job[] = documents.map(({ markup, ...rest }) => ({
        path: `/case/${shown.push(markup) - 1}`,
        ...rest,
      }));
      return await page.evaluate(look, jobs);
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

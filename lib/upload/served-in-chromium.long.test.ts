import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { recordOf } from '../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../checks/upload/temporary-folder.ts';
import { configureEvents } from '../event/index.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { diskStore } from './disk/index.ts';
import { sendUpload } from './index.ts';

const reason = missing('chromium');

/** A red dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);
const call = "fetch('/ran')";
const page = `<!doctype html><script>${call}</script><img src="/none" onerror="${call}">`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${call}"><script>${call}</script></svg>`;

describe.skipIf(reason)(`uploads in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let origin = '';
  let ran = 0;
  let isServedAsIs = false;
  const store = diskStore({ folder: temporaryFolder() });

  async function upload(type: string, extension: string, data: string | Buffer): Promise<string> {
    const bytes = Buffer.from(data);
    const file = await store.begin();
    await file.write(bytes);
    await file.publish({
      ...recordOf(file.id, bytes.byteLength, 'ready', `a.${extension}`),
      type,
      extension,
    });
    return `/files/${file.id}`;
  }

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    server = createServer(async (req, res) => {
      const url = new URL(req.url ?? '/', origin);
      if (url.pathname === '/ran') {
        ran++;
        res.end();
      } else if (url.pathname === '/page') {
        res.setHeader('Content-Security-Policy', "default-src 'self'");
        res.setHeader('Content-Type', 'text/html').end(`<!doctype html>${url.searchParams.get('html')}`);
      } else if (url.pathname.startsWith('/files/')) {
        const id = url.pathname.slice(7);
        if (isServedAsIs) {
          const file = await store.open(id);
          file.read().pipe(res.setHeader('Content-Type', file.record.type));
        } else {
          sendUpload(req, res, store, id, { allowInline: ['image/png'] }).catch((error: unknown) => {
            res.writeHead(isRefusal(error) ? error.status : 500).end();
          });
        }
      } else res.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
    context = await browser.newContext();
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  /** How often a script in the file ran. */
  async function visit(path: string): Promise<number> {
    const tab = await context.newPage();
    ran = 0;
    // A download ends the navigation with an error.
    await tab.goto(`${origin}${path}`, { waitUntil: 'load', timeout: 5_000 }).catch(() => undefined);
    await tab.waitForTimeout(100);
    await tab.close();
    return ran;
  }

  const inPage = (html: string): string => `/page?html=${encodeURIComponent(html)}`;

  it.each<[string, string, string, (path: string) => string]>([
    ['a page that is opened', 'text/html', page, (path) => path],
    ['an SVG that is opened', 'image/svg+xml', svg, (path) => path],
    ['a page in a frame', 'text/html', page, (path) => inPage(`<iframe src="${path}"></iframe>`)],
    ['an SVG as an object', 'image/svg+xml', svg, (path) => inPage(`<object data="${path}"></object>`)],
    [
      "a script that a page with script-src 'self' loads",
      'text/javascript',
      call,
      (path) => inPage(`<script src="${path}"></script>`),
    ],
    ['a module', 'text/javascript', call, (path) => inPage(`<script type="module" src="${path}"></script>`)],
  ])('%s does not run', async (_title, type, data, use) => {
    const path = use(await upload(type, 'x', data));
    isServedAsIs = true;
    expect(await visit(path)).toBeGreaterThan(0);
    isServedAsIs = false;
    expect(await visit(path)).toBe(0);
  });

  it('an image that is listed is shown in a page', async () => {
    const path = await upload('image/png', 'png', png);
    const tab = await context.newPage();
    await tab.goto(origin + inPage(`<img src="${path}">`), { waitUntil: 'load' });
    expect(await tab.evaluate(() => document.images[0]?.naturalWidth)).toBe(5);
    await tab.close();
  });

  it('a file is saved under its name', async () => {
    const path = await upload('application/pdf', 'pdf', '%PDF-1.7');
    const tab = await context.newPage();
    const [download] = await Promise.all([
      tab.waitForEvent('download'),
      tab.goto(origin + path).catch(() => undefined),
    ]);
    expect(download.suggestedFilename()).toBe('a.pdf');
    await tab.close();
  });
});

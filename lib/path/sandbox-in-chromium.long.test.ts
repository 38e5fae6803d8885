import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { temporaryFolder } from '../../checks/upload/temporary-folder.ts';
import { inside, sendFile } from './index.ts';

const reason = missing('chromium');

describe.skipIf(reason)(`an untrusted page in Chromium${reason ? `: ${reason}` : ''}`, () => {
  const folder = temporaryFolder();
  let server: Server;
  let browser: Browser;
  let origin: string;
  let statuses: number[] = [];

  beforeAll(async () => {
    writeFileSync(
      join(folder, 'page.html'),
      '<!doctype html><script>document.title = document.cookie</script>',
    );
    writeFileSync(join(folder, 'evil.js'), 'document.title = "loaded"');
    server = createServer(async (req, res) => {
      const url = new URL(req.url ?? '/', origin);
      res.setHeader('Content-Security-Policy', "default-src 'self' 'unsafe-inline'");
      if (url.pathname === '/own') {
        res.setHeader('Set-Cookie', 'sid=secret').setHeader('Content-Type', 'text/html');
        res.end(`<!doctype html><script src="/evil.js${url.search || '?attachment'}"></script>`);
        return;
      }
      await sendFile(req, res, inside(folder, url.pathname.slice(1)), {
        disposition: url.search === '?attachment' ? 'attachment' : 'inline',
        allowActiveContent: url.search === '?active',
      }).catch(() => void res.writeHead(404).end());
      if (url.pathname === '/page.html') statuses.push(res.statusCode);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function titlesOf(path: string, visits: number): Promise<string[]> {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const titles: string[] = [];
    statuses = [];
    await tab.goto(`${origin}/own`);
    for (let visit = 0; visit < visits; visit++) {
      await tab.goto(`${origin}${path}`);
      titles.push(await tab.title());
      await tab.goto('about:blank');
    }
    await context.close();
    return titles;
  }

  it('runs no script, even if the browser has the page and gets a 304', async () => {
    expect(await titlesOf('/page.html', 3)).toEqual(['', '', '']);
    expect(statuses).toEqual([200, 304, 304]);
  });

  it('would run as a page of the application', async () => {
    expect(await titlesOf('/page.html?active', 1)).toEqual(['sid=secret']);
  });

  it("can't be loaded as a script by a page of the application", async () => {
    expect(await titlesOf('/own', 1)).toEqual(['']);
    expect(await titlesOf('/own?active', 1)).toEqual(['loaded']);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { attrs, html, render, safeStyle, sanitize } from '../html/index.ts';
import { type Csp, csp, cspReportEndpoint } from './index.ts';

const reason = missing('chromium');
const nonce = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

/** Every way in which the tag and the sanitiser write a style: each makes `#at` 40 px wide. */
const styled = [
  ['a record', html`<div id="at" style="${{ width: '40px' }}"></div>`],
  ['a record of a client', html`<div id="at" style="${JSON.parse('{"width":"40px"}')}"></div>`],
  [
    'a custom property',
    html`<style nonce="${nonce}">#at{width:var(--w)}</style><div id="at" style="${{ '--w': '40px' }}"></div>`,
  ],
  ['a SafeStyle', html`<div id="at" style="${safeStyle`width:40px`}"></div>`],
  ['attrs()', html`<div id="at" ${attrs({ style: { width: '40px' } })}></div>`],
  ['static text', html`<div id="at" style="width:40px">${''}</div>`],
  ['sanitised mail', html`<div id="box">${sanitize('<p style="width:40px">x</p>', 'email')}</div>`],
] as const;

describe.skipIf(reason)(`styles of the html tag, in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let server: Server;
  let browser: Browser;
  let origin = '';
  let policy: Csp = csp();
  let body = '';
  const endpoint = cspReportEndpoint();

  beforeAll(async () => {
    server = createServer((req, res) => {
      if (req.url === '/csp-reports') {
        let report = '';
        req.on('data', (chunk) => {
          report += chunk;
        });
        req.on('end', () => {
          res.statusCode = endpoint.take(report);
          res.end();
        });
        return;
      }
      for (const [name, value] of policy.headers(nonce)) res.setHeader(name, value);
      res.setHeader('content-type', 'text/html; charset=utf-8').end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    await recorder.close();
    configureEvents({ sinks: [] });
  });

  beforeEach(() => {
    events.length = 0;
  });

  async function widthUnder(strict: Csp, markup: (typeof styled)[number][1]): Promise<number> {
    policy = strict;
    body = render(html`<!doctype html><title>x</title><body>${markup}</body>`);
    const page = await browser.newPage();
    try {
      await page.goto(origin);
      return await page.evaluate(
        () => document.querySelector('#at, #box p')?.getBoundingClientRect().width ?? -1,
      );
    } finally {
      await page.close();
    }
  }

  it.each(styled)('%s is shown under the default policy', async (_name, markup) => {
    expect(await widthUnder(csp({ directives: { 'report-uri': ['/csp-reports'] } }), markup)).toBe(40);
    await recorder.flush();
    expect(events).toEqual([]);
  });

  it.each([
    [
      'a style-src of its own',
      csp({ directives: { 'style-src': ["'self'", "'nonce'"], 'report-uri': ['/csp-reports'] } }),
    ],
    [
      'no style attributes',
      csp({ directives: { 'style-src-attr': ["'none'"], 'report-uri': ['/csp-reports'] } }),
    ],
  ])('is blocked with an event under a policy with %s', async (_name, strict) => {
    expect(await widthUnder(strict, html`<div id="at" style="${{ width: '40px' }}"></div>`)).not.toBe(40);
    await expect
      .poll(async () => {
        await recorder.flush();
        return events.map(({ code, evidence }) => [code, evidence['directive']]);
      })
      .toEqual([['csp/violation', 'style-src-attr']]);
  });

  it('an injected <style> stays blocked by default', async () => {
    policy = csp();
    body = '<!doctype html><title>x</title><style>#at{width:40px}</style><div id="at"></div>';
    const page = await browser.newPage();
    await page.goto(origin);
    expect(await page.evaluate(() => document.querySelector('#at')?.getBoundingClientRect().width)).not.toBe(
      40,
    );
    await page.close();
  });

  it('a style attribute loads nothing from elsewhere, unless img-src lets it', async () => {
    let asked = 0;
    const other = createServer((_req, res) => {
      asked += 1;
      res.end();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const evil = `http://evil.localhost:${(other.address() as AddressInfo).port}/x`;
    body = `<!doctype html><title>x</title><div style="background:url(${evil})">x</div>`;
    try {
      for (const [strict, count] of [
        [csp(), 0],
        [csp({ extend: { 'img-src': ['http:'] } }), 1],
      ] as const) {
        policy = strict;
        const page = await browser.newPage();
        await page.goto(origin);
        await page.waitForLoadState('networkidle');
        expect(asked).toBe(count);
        await page.close();
      }
    } finally {
      other.close();
    }
  });
});

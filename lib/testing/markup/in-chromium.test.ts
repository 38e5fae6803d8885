import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { xss } from '../corpus/xss.ts';
import { expectInert } from './expect-inert.ts';
import { ranInPage } from './in-page.ts';

const reason = missing('chromium');

describe.skipIf(reason)(`expectInert in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  it.each([
    '<script>alert(1)</script>',
    '<script src="/a.js"></script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<a href="java&#10;script:alert(1)">a</a>',
    '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<textarea></textarea><b onclick="alert(1)">',
    '<base href="//evil.example/">',
    '<select><form action="javascript:alert(1)"><input name="action"></form></select>',
    '<button formaction=" java&#10;script:alert(1)">a</button>',
    '<col><iframe src="data:text/html,<script>alert(1)</script>"></iframe>',
    '<select><img src=x onerror="bulwark-end;alert(1)"></select>',
  ])('sees %s ask to run', async (markup) => {
    expect(await ranInPage(page, markup)).not.toEqual([]);
  });

  it.each([
    '<p title="<script>">a</p>',
    '<a href="https://example.com/">a</a><img src="/a.png">',
    '<script type="application/json">{}</script>',
    '<form action="/javascript:a"><input name="action"></form><iframe src="/a"></iframe>',
    '<textarea><script>alert(1)</script>',
    '<video src="javascript:alert(1)" poster="javascript:alert(1)"></video><audio src="javascript:alert(1)"></audio>',
    '<video><source src="javascript:alert(1)"><track src="javascript:alert(1)"></video>',
    '<img src="javascript:alert(1)"><input type="image" src="javascript:alert(1)">',
    '<table background="javascript:alert(1)"></table><link rel="stylesheet" href="javascript:alert(1)">',
    '<svg><image href="javascript:alert(1)" /><use href="javascript:alert(1)" /></svg>',
    '<!-- never closed',
    '',
  ])('sees nothing in %s', async (markup) => {
    expect(await ranInPage(page, markup)).toEqual([]);
    await expectInert(markup, { page });
  });

  it('lets scripts with the nonce run, and no others', async () => {
    await expectInert('<script nonce="abc">a = 1</script>', { page, nonce: 'abc' });
    expect(await ranInPage(page, '<script nonce="abd">a = 1</script>', 'abc')).toHaveLength(1);
  });

  it('goes nowhere', async () => {
    await ranInPage(page, '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">');
    expect(page.url()).toBe('about:blank');
  });

  it('is green for an escaped value, and red for one that is not', { timeout: 60_000 }, async () => {
    const guide = xss.filter(({ guide }) => guide);
    const escaped = (value: string): string =>
      `<p>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
    await expectInert(escaped, { page, payloads: guide });
    await expect(expectInert((value) => `<p>${value}</p>`, { page, payloads: guide })).rejects.toThrow(
      /^XSS/,
    );
  });

  it('says so where a page reports nothing', async () => {
    const deaf = { goto: async () => {}, evaluate: async () => null };
    await expect(expectInert('<p>', { page: deaf })).rejects.toThrow(/^This test proves nothing/);
  });
});

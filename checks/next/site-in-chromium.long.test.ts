import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningApp } from '../conformance/contract.ts';
import { launchChromium } from '../machine/chromium.ts';
import { missing } from '../machine/missing.ts';
import { startSite } from './start-site.ts';

/** What a page did in a real browser. */
interface Visit {
  readonly page: Page;
  /** Violations of directives for scripts, and whatever a page threw. */
  readonly faults: string[];
}

const reason = missing('next') ?? missing('chromium');

describe.skipIf(reason)(`a build of Next.js in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function visit(url: string): Promise<Visit> {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.exposeFunction('told', (fault: string) => faults.push(fault));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const { effectiveDirective, blockedURI, sample, disposition } = event;
        if (disposition === 'enforce') {
          (globalThis as unknown as { told(text: string): void }).told(
            [effectiveDirective, blockedURI, sample].join(' '),
          );
        }
      });
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    return { page, faults };
  }

  async function isHydrated(page: Page): Promise<void> {
    await page.click('#counter');
    await page.click('#counter');
    expect(await page.textContent('#counter')).toBe('2');
  }

  describe.each([
    ['with nonces, by proxy.js and next start', 'proxied'],
    ['with hashes for static pages, by the server of bulwark/next/server', 'static'],
  ] as const)('%s', (_how, variant) => {
    let site: RunningApp;
    beforeAll(async () => {
      site = await startSite(variant);
    }, 400_000);
    afterAll(() => site?.close());

    it.each(['/about', '/dynamic', '/photo', '/scripted'])(
      '%s violates no policy, and hydrates',
      async (path) => {
        const { page, faults } = await visit(`${site.url}${path}`);
        await isHydrated(page);
        expect(faults).toEqual([]);
        await page.close();
      },
    );

    it('client navigation works, from static pages to dynamic ones and back', async () => {
      const { page, faults } = await visit(`${site.url}/about`);
      for (const name of ['dynamic', 'photo', 'about', 'dynamic']) {
        await page.click(`nav a[href="/${name}"]`);
        await page.waitForFunction((wanted) => document.querySelector('h1')?.textContent === wanted, name);
        await isHydrated(page);
      }
      expect(await page.evaluate(() => performance.getEntriesByType('navigation').length)).toBe(1);
      expect(faults).toEqual([]);
      await page.close();
    });

    it("the page's own scripts run, next/script too, and what streams in late", async () => {
      const { page, faults } = await visit(`${site.url}/scripted`);
      await page.waitForSelector('#late');
      const { own, after } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
      expect({ own, after }).toEqual({ own: 'ran', after: 'ran' });
      expect(faults).toEqual([]);
      await page.close();
    });

    it('an injected handler attribute does not run', async () => {
      const { page, faults } = await visit(`${site.url}/about`);
      await page.evaluate(() => {
        const holder = document.createElement('div');
        holder.innerHTML = '<img src="x:" onerror="window.stolen = 1">';
        document.body.append(holder);
      });
      await expect.poll(() => faults.join()).toContain('script-src-attr');
      expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
      await page.close();
    });

    it('what Next.js answers itself has the headers', async () => {
      for (const path of [
        '/nothing',
        '/photo.png',
        '/_next/image?url=%2Fphoto.png&w=64&q=75',
        '/_next/static/nothing.js',
        '/api/hello',
        '/about?_rsc=abc',
      ]) {
        const { headers } = await fetch(`${site.url}${path}`);
        expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
        expect([path, headers.get('x-powered-by')]).toEqual([path, null]);
        // The image optimiser has a stricter one of its own.
        expect(headers.get('content-security-policy'), path).toMatch(/object-src 'none'|script-src 'none'/);
      }
    });
  });

  describe('with hashes', () => {
    let site: RunningApp;
    beforeAll(async () => {
      site = await startSite('static');
    }, 400_000);
    afterAll(() => site?.close());

    it('a static page stays in shared caches, and its policy has no nonce', async () => {
      const { headers } = await fetch(`${site.url}/about`);
      expect(headers.get('cache-control')).toContain('s-maxage');
      expect(headers.get('content-security-policy')).toMatch(/script-src 'sha256-/);
      expect(headers.get('content-security-policy')).not.toContain('nonce-');
    });

    it('a dynamic page has a nonce, and no cache keeps it', async () => {
      const { headers } = await fetch(`${site.url}/dynamic`);
      expect(headers.get('cache-control')).toContain('no-store');
      expect(headers.get('content-security-policy')).toContain("'nonce-");
    });

    it('the 404 of the build violates no policy for scripts', async () => {
      const { page, faults } = await visit(`${site.url}/nothing`);
      expect(faults.filter((fault) => fault.startsWith('script'))).toEqual([]);
      await page.close();
    });
  });
});

import type { Browser, Page } from 'playwright-core';
import type { Person } from './person.ts';

export interface WatchedPage {
  readonly page: Page;
  /** Opens a page, clicks its `javascript:` links, and resolves with whether a payload ran. */
  ran(url: string): Promise<boolean>;
  close(): Promise<void>;
}

/** A page of Chromium with the person's cookies, in which `alert`, `confirm`, `prompt` and `print` only report that they ran. */
export async function watchPage(browser: Browser, person: Person): Promise<WatchedPage> {
  const context = await browser.newContext({ acceptDownloads: true });
  let runs = 0;
  await context.exposeFunction('payloadRan', () => {
    runs += 1;
  });
  await context.addInitScript(() => {
    const said = (globalThis as unknown as { payloadRan: () => void }).payloadRan;
    for (const name of ['alert', 'confirm', 'prompt', 'print']) Reflect.set(globalThis, name, () => said());
  });
  // Cookies with the prefix __Host- are `Secure`, which Chromium accepts on loopback.
  await context.addCookies(
    [...person.cookies].map(([name, value]) => {
      const secure = name.startsWith('__Host-') || name.startsWith('__Secure-');
      const url = person.base.replace(/^http:/, secure ? 'https:' : 'http:');
      const sameSite = person.sameSite.get(name);
      return { name, value, url, httpOnly: true, secure, ...(sameSite === undefined ? {} : { sameSite }) };
    }),
  );
  const page = await context.newPage();
  return {
    page,
    async ran(url) {
      runs = 0;
      // A download, or a payload that navigates away, is no failure of the test.
      await page.goto(url, { waitUntil: 'load', timeout: 10_000 }).catch(() => undefined);
      await page
        .evaluate(() => {
          for (const link of document.querySelectorAll('a')) {
            if (/^[\0- ]*javascript:/i.test(link.href)) link.click();
          }
          return new Promise((resolve) => setTimeout(resolve, 10));
        })
        .catch(() => undefined);
      return runs > 0;
    },
    async close() {
      await context.close();
    },
  };
}

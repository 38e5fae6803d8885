import type { Browser } from 'playwright-core';
import type { Canary } from './canary.ts';
import { type Outcome, tryEach } from './outcome.ts';
import type { Person } from './person.ts';
import { watchPage } from './watch-page.ts';

/** Other sites that write a ticket as the victim, or frame the page. */
export async function attackFromOtherSites(
  base: string,
  ann: Person,
  canary: Canary,
  browser: Browser,
): Promise<Outcome[]> {
  const watched = await watchPage(browser, ann);
  const { page } = watched;
  let count = 0;
  const marker = (): string => `forged-${process.pid}-${count++}`;
  const arrived = async (title: string): Promise<string | undefined> => {
    const { text } = await ann.get(`/?q=${title}`);
    // The title is also in the search field: it counts only as the text of a link.
    return new RegExp(`<a\\b[^>]*href="/tickets/[^"]*"[^>]*>[^<]*${title}`).test(text)
      ? 'wrote a ticket as the victim'
      : undefined;
  };
  try {
    const control = marker();
    await ann.writeTicket(control, 'written by its own page');
    if ((await arrived(control)) === undefined) {
      throw new Error('This test proves nothing: the search does not find a ticket that was just written.');
    }
    const csrf = [
      await tryEach(
        'CSRF',
        'form on another site, in Chromium',
        [canary.sibling, canary.foreign],
        async (site) => {
          const title = marker();
          canary.serve(`<!doctype html><form method="post" action="${base}/tickets"><input name="title" value="${title}">
          <input name="body" value="x"></form><script>document.forms[0].submit()</script>`);
          await page.goto(`${site}/form`, { timeout: 10_000 }).catch(() => undefined);
          await page.waitForURL((url) => url.origin === base, { timeout: 5_000 }).catch(() => undefined);
          return await arrived(title);
        },
      ),
      await tryEach('CSRF', 'form with the cookie, over HTTP', ['/tickets'], async (path) => {
        const title = marker();
        const body = new URLSearchParams({ title, body: 'x' }).toString();
        await ann.send(
          'POST',
          path,
          { ...crossSite, 'content-type': 'application/x-www-form-urlencoded' },
          body,
        );
        return await arrived(title);
      }),
      await tryEach(
        'CSRF',
        'JSON with the cookie, over HTTP',
        ['text/plain', 'application/json'],
        async (type) => {
          const title = marker();
          const body = JSON.stringify({ title, body: 'x' });
          await ann.send('POST', '/api/tickets', { ...crossSite, 'content-type': type }, body);
          return await arrived(title);
        },
      ),
    ];
    const frames = await tryEach(
      'clickjacking',
      'GET / in a frame, in Chromium',
      [canary.sibling],
      async (site) => {
        canary.serve(`<!doctype html><iframe src="${base}/"></iframe>`);
        await page.goto(`${site}/frame`, { timeout: 10_000 });
        const content = await page
          .frames()[1]
          ?.content()
          .catch(() => '');
        return content?.includes('<form') ? 'another site shows the page in a frame' : undefined;
      },
    );
    return [...csrf, frames];
  } finally {
    await watched.close();
  }
}

const crossSite = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };

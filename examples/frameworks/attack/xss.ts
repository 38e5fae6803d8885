import { xssPayloads } from 'bulwark/testing';
import type { Browser } from 'playwright-core';
import { type Outcome, tryEach } from './outcome.ts';
import type { Person } from './person.ts';
import { watchPage } from './watch-page.ts';

/** One for each place of Desk's pages, and then every fifth of the corpus. */
const payloads = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  "';alert(1);//",
  '";alert(1);//',
  '</title><svg onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  ...xssPayloads.filter((_, index) => index % 5 === 0).map(({ payload }) => payload.toWellFormed()),
];

export async function attackXss(
  base: string,
  bob: Person,
  ann: Person,
  browser: Browser,
): Promise<Outcome[]> {
  const watched = await watchPage(browser, ann);
  try {
    const { page } = watched;
    await page.goto(`${base}/?q=harmlessword`);
    if (!(await page.content()).includes('harmlessword')) {
      throw new Error('This test proves nothing: the page does not show what was searched for.');
    }
    const query = await tryEach('XSS', 'GET /?q=', payloads, async (payload) => {
      return (await watched.ran(`${base}/?q=${encodeURIComponent(payload)}`)) ? `ran ${payload}` : undefined;
    });
    const harmless = await bob.writeTicket('harmless title', 'harmless body');
    await page.goto(`${base}${harmless}`);
    if (!(await page.content()).includes('harmless body')) {
      throw new Error('This test proves nothing: the page of a ticket does not show its body.');
    }
    const stored = (field: 'title' | 'body'): Promise<Outcome> => {
      return tryEach('XSS', `POST /tickets, ${field}`, payloads, async (payload) => {
        const other = 'a harmless text';
        const ticket = await bob.writeTicket(
          field === 'title' ? payload : other,
          field === 'body' ? payload : other,
        );
        if (ticket === undefined) return undefined;
        return (await watched.ran(`${base}${ticket}`)) ? `ran ${payload} for another user` : undefined;
      });
    };
    const body = await stored('body');
    const title = await stored('title');
    const list = await tryEach('XSS', 'GET /, stored titles', [`${base}/`], async (url) => {
      return (await watched.ran(url)) ? 'the list ran a title' : undefined;
    });
    return [query, body, title, list];
  } finally {
    await watched.close();
  }
}

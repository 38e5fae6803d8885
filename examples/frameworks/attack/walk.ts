import type { Browser } from 'playwright-core';
import { people } from './person.ts';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What an ordinary user does with Desk, in Chromium. Resolves with the steps that did not work. */
export async function walk(base: string, browser: Browser): Promise<string[]> {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/.test(message.text()))
      violations.push(message.text());
  });
  const expect = (step: string, holds: boolean): void => {
    if (!holds) problems.push(`${step}: ${page.url()} ${violations.join(' ')}`);
  };
  const text = async (): Promise<string> => (await page.textContent('body')) ?? '';
  try {
    await page.goto(`${base}/`);
    expect('a visitor gets the log-in', new URL(page.url()).pathname === '/login');
    await page.fill(
      'form:is([action="/login"],[data-action="/login"]) input[name="email"]',
      people.ann.email,
    );
    await page.fill(
      'form:is([action="/login"],[data-action="/login"]) input[name="password"]',
      people.ann.password,
    );
    await page.click('form:is([action="/login"],[data-action="/login"]) button');
    await page.waitForSelector('form:is([action="/logout"],[data-action="/logout"])');
    // The page is shown before the script has loaded.
    const ready = page.waitForSelector('html[data-app="ready"]', { state: 'attached' });
    expect('the external script ran', await ready.then(Boolean, () => false));

    await page.goto(`${base}/tickets/new`);
    await page.fill('[name="title"]', `O'Brien & "S\u00f6hne" <fragt> 100%`);
    await page.fill('[name="body"]', 'It is <b>urgent</b>, see <a href="https://example.com/">here</a>.');
    await page.click('form:is([action="/tickets"],[data-action="/tickets"]) button');
    await page.waitForURL(/\/tickets\/\d+$/);
    const ticket = page.url();
    expect(
      'the title is shown as it was written',
      (await text()).includes(`O'Brien & "S\u00f6hne" <fragt> 100%`),
    );
    expect('the body keeps its markup', (await page.textContent('b')) === 'urgent');
    expect('the body keeps its link', (await page.$('a[href="https://example.com/"]')) !== null);

    await page.goto(`${base}/?q=${encodeURIComponent(`o'brien & "s`)}`);
    expect('the search finds it', (await text()).includes('<fragt> 100%'));
    expect('the inline script shows the query', (await page.title()).includes(`o'brien & "s`));
    await page.goto(`${base}/?q=100%25`);
    expect(
      'a wildcard is text',
      (await page.$$('a[href^="/tickets/"]:not([href="/tickets/new"])')).length === 1,
    );
    await page.goto(`${base}/?sort=title`);
    expect(
      'the list can be sorted',
      (await page.$('form:is([action="/logout"],[data-action="/logout"])')) !== null,
    );

    for (const [name, mimeType, buffer] of [
      ['notes.txt', 'text/plain', Buffer.from('some notes')],
      ['picture.png', 'image/png', picture],
    ] as const) {
      await page.goto(ticket);
      await page.setInputFiles('input[type="file"]', { name, mimeType, buffer });
      await page.click('form[action$="/attachment"] button');
      await page.waitForSelector('a[href^="/attachments/"]');
      const link = (await page.getAttribute(`a[href^="/attachments/"]:has-text("${name}")`, 'href')) ?? '';
      const answer = await context.request.get(`${base}${link}`, {
        headers: { 'sec-fetch-site': 'same-origin' },
      });
      expect(`${name} comes back`, answer.status() === 200 && (await answer.body()).length > 0);
      if (name === 'notes.txt') expect('as it was sent', (await answer.text()) === 'some notes');
    }

    const api = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ title: 'by the API', body: 'x' });
      const { status } = await fetch('/api/tickets', { method: 'POST', headers, body });
      const found = await (await fetch('/api/tickets?q=by%20the%20api')).text();
      const preview = await fetch('/api/preview', {
        method: 'POST',
        headers,
        body: '{"url":"http://127.0.0.1:9/"}',
      });
      return { status, found, preview: preview.status };
    });
    expect('the API writes a ticket', api.status === 200 || api.status === 201);
    expect('the API finds it', api.found.includes('by the API'));
    expect('a refused preview is no failure of the server', api.preview < 500);
    await page.goto(`${base}/go?to=/tickets/new`);
    expect('a redirect within Desk', new URL(page.url()).pathname === '/tickets/new');

    await page.goto(`${base}/`);
    await page.click('form:is([action="/logout"],[data-action="/logout"]) button');
    await page.waitForURL(/\/login/);
    await page.goto(ticket);
    expect('nobody is logged in afterwards', new URL(page.url()).pathname === '/login');
    expect('no page was stopped by its own policy', violations.length === 0);
    return problems;
  } catch (error) {
    return [...problems, `${page.url()}: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    await context.close();
  }
}

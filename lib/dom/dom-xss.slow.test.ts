import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DomSite, type DomVariant, domVariants, startDomSite } from '../../checks/dom/dom-page.ts';
import { missing } from '../../checks/machine/missing.ts';
import { legitimateTexts, xss } from '../testing/corpus/xss.ts';

const payloads = [
  ...new Set([
    ...xss.filter(({ guide }) => guide),
    ...xss.filter(({ kind }) => /^(?:handler|url|element|svg|mutation|clobbering|polyglot)$/.test(kind)),
  ]),
]
  .map(({ payload }) => payload)
  .slice(0, 64);
const texts = legitimateTexts.filter((text) => text !== '' && !/[\0\ud800-\udfff]/.test(text)).slice(0, 25);

/** The page's script. It reads six sources, and gives what each says to six sinks. */
const application = `
  const from = {
    hash: decodeURIComponent(location.hash.slice(1)),
    search: new URLSearchParams(location.search).get('q'),
    referrer: new URL(document.referrer || location.href).searchParams.get('q'),
    name: window.name,
    storage: localStorage.getItem('q'),
  };
  const places = {};
  function show(source, value) {
    const add = (tag) => document.body.appendChild(document.createElement(tag));
    places[source] = { value, text: add('p'), html: add('div'), link: add('a'), image: add('img'), title: add('p') };
    if (value !== null) write(places[source], value);
  }
  window.places = places;
  window.arrived = new Promise((resolve) => addEventListener('message', ({ data }) => { show('message', data); resolve(); }));
  for (const [source, value] of Object.entries(from)) show(source, value);
  postMessage(from.search, location.origin);
`;
const guarded = `
  function write({ text, html, link, image, title }, value) {
    const { setText, setHtml, setHref, setSrc, setAttribute } = bulwarkDom;
    setText(text, value); setHtml(html, value); setHref(link, value); setSrc(image, value); setAttribute(title, 'title', value);
    const island = document.body.appendChild(document.createElement('div'));
    island.id = 'island';
    setText(island, value);
    try { bulwarkDom.readJson('island'); } catch {}
  }`;
const unguarded = `
  function write({ text, html, link, image, title }, value) {
    text.append(value); html.innerHTML = value; link.href = value; image.src = value; title.setAttribute('onclick', value);
    try { eval('(' + value + ')'); } catch {}
  }`;

const reason = missing('chromium');

describe.skipIf(reason)(`DOM-based XSS in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let site: DomSite;
  const named = new Map<string, string>();
  beforeAll(async () => {
    site = await startDomSite();
    for (const variant of domVariants) named.set(variant.name, site.urlOf(variant, guarded + application));
    named.set('control', site.urlOf(domVariants[0] as DomVariant, unguarded + application));
  });
  afterAll(() => site?.close());

  /** Opens the page with one value in each of its sources, and does what a visitor would. */
  async function visit(page: Page, url: string, value: string): Promise<void> {
    await page.evaluate((text) => {
      window.name = text;
      localStorage.setItem('q', text);
    }, value);
    const encoded = encodeURIComponent(value);
    await page.goto(`${url}?q=${encoded}#${encoded}`, { referer: `${site.origin}/from?q=${encoded}` });
    await page.evaluate(provoke);
  }

  // Each payload in two of the four, with the Sanitizer API and without.
  it.each(domVariants.map((variant, index) => ({ ...variant, half: index >> 1 })))(
    '$name: nothing runs, from any source in any sink',
    async ({ half, ...variant }) => {
      expect(payloads.length).toBeGreaterThanOrEqual(60);
      const page = await site.open(variant);
      const url = named.get(variant.name) as string;
      for (const payload of payloads.filter((_, i) => i % 2 === half)) {
        site.hits.length = 0;
        await visit(page, url, payload);
        const texts = await page.evaluate(readTexts);
        expect({ payload, hits: [...site.hits], at: new URL(page.url()).pathname }).toEqual({
          payload,
          hits: [],
          at: new URL(url).pathname,
        });
        for (const [source, text] of Object.entries(texts))
          expect({ source, text }).toEqual({ source, text: payload });
      }
      await page.close();
    },
    240_000,
  );

  it.each(domVariants)(
    '$name: legitimate values arrive unchanged',
    async (variant) => {
      const page = await site.open(variant);
      for (const text of texts) {
        await visit(page, named.get(variant.name) as string, text);
        const read = await page.evaluate(readTexts);
        expect(read).toEqual(Object.fromEntries(sources.map((source) => [source, text])));
      }
      await page.close();
    },
    240_000,
  );

  it('the control, by innerHTML and the like, runs payloads from every source', async () => {
    // Of scripts alone none would: markup of innerHTML runs handlers only.
    const handlers = xss.filter(({ kind }) => kind === 'handler').slice(0, 20);
    const image = '<img src=x onerror=alert(1)>';
    let ran = 0;
    for (const payload of [image, ...handlers.map((one) => one.payload)]) {
      const page = await site.open(domVariants[0] as DomVariant);
      site.hits.length = 0;
      await Promise.race([
        visit(page, named.get('control') as string, payload),
        page.waitForTimeout(5_000),
      ]).catch(() => {});
      if (site.hits.length > 0) ran++;
      if (payload === image) expect(site.hits.length).toBeGreaterThanOrEqual(sources.length);
      await page.close();
    }
    expect(ran).toBeGreaterThan(10);
  }, 240_000);
});

const sources = ['hash', 'search', 'referrer', 'name', 'storage', 'message'];

// What follows runs in the page.

interface Places {
  readonly places: Record<
    string,
    { readonly value: string; readonly text: Element; readonly title: HTMLElement }
  >;
  readonly arrived: Promise<void>;
}

async function provoke(): Promise<void> {
  await (window as unknown as Places).arrived;
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    for (const type of ['mouseover', 'focus', 'error', 'toggle']) element.dispatchEvent(new Event(type));
    // Other links leave the page, and that is what they are for.
    const link = element.closest('a');
    if (link ? link.protocol === 'javascript:' : !element.closest('form, button, area')) element.click();
  }
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve));
}

/** What each source's text sink shows, where its title agrees with it. */
function readTexts(): Record<string, string> {
  const { places } = window as unknown as Places;
  return Object.fromEntries(
    Object.entries(places).map(([source, { value, text, title }]) => [
      source,
      text.textContent === value && title.title === value ? value : `changed: ${text.textContent}`,
    ]),
  );
}

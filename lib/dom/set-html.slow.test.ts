import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DomSite, domVariants, startDomSite } from '../../checks/dom/dom-page.ts';
import { missing } from '../../checks/machine/missing.ts';
import { configureEvents } from '../event/index.ts';
import { render, sanitize } from '../html/index.ts';
import { legitimateDocuments } from '../testing/corpus/rich-text.ts';
import { legitimateRichTexts, xss } from '../testing/corpus/xss.ts';
import { sanitizerXss } from '../testing/corpus/xss-sanitizer.ts';

/** Markup against the walk itself: names that shadow what it reads, and trees that would be others if parsed again. */
const names =
  'attributes childNodes firstChild nextSibling parentNode nodeType nodeName localName namespaceURI tagName getAttribute ' +
  'removeChild children innerHTML textContent ownerDocument setAttribute hasAttribute content';
const clobbering = names
  .split(' ')
  .flatMap((name) => [
    `<form onclick=alert(1)><input name=${name}><img src=x onerror=alert(1)></form>`,
    `<form><input id=${name}><input id=${name}></form><a href="javascript:alert(1)" id=${name}>x</a>`,
    `<img name=${name}><img name=${name} src=x onerror=alert(1)>`,
  ]);
const own = [
  ...clobbering,
  ...'createElement implementation body createTextNode currentScript defaultView'
    .split(' ')
    .map((name) => `<img name=${name} src=/a.png><form name=${name}></form><object name=${name}></object>`),
  '<a id=bulwarkDom href=//evil.example><a id=bulwarkDom name=setHtml href=//evil.example>x</a>',
  '<form><div></form><form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<div><template shadowrootmode=open><img src=x onerror=alert(1)></template></div>',
  '<p title="</p><img src=x onerror=alert(1)>">x</p>',
  '<select><selectedcontent></selectedcontent><option><img src=x onerror=alert(1)></option></select>',
  `${'<div>'.repeat(600)}<img src=x onerror=alert(1)>`,
];
const payloads = [...new Set([...xss, ...sanitizerXss].map(({ payload }) => payload)), ...own];
const documents = [
  ...new Set([
    ...legitimateDocuments.article,
    ...legitimateRichTexts.map(({ kept, markup }) => kept ?? markup),
  ]),
];

const reason = missing('chromium');

describe.skipIf(reason)(`setHtml in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let site: DomSite;
  const pages: Page[] = [];
  beforeAll(async () => {
    site = await startDomSite();
    for (const variant of domVariants) pages.push(await site.open(variant));
  });
  afterAll(() => site?.close());

  it('has a control that runs what setHtml does not', async () => {
    const page = await site.open(domVariants[0] as (typeof domVariants)[number]);
    site.hits.length = 0;
    await page.evaluate(
      async (list) => {
        for (const markup of list)
          document.body.appendChild(document.createElement('div')).innerHTML = markup;
        for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
      },
      payloads.slice(0, 300),
    );
    await page.close();
    expect(site.hits.length).toBeGreaterThan(20);
  });

  it.each(domVariants.map((variant, index) => ({ ...variant, index })))(
    '$name: no payload runs, or leaves anything that is not on the list',
    async ({ index }) => {
      expect(payloads.length).toBeGreaterThan(1_000);
      site.hits.length = 0;
      const residue = await (pages[index] as Page).evaluate(residueOf, payloads);
      expect(residue).toEqual([]);
      expect(site.hits).toEqual([]);
    },
    120_000,
  );

  it('every browser gets the same, and what comes out has nothing to remove if it is parsed again', async () => {
    const all = [...payloads, ...documents];
    const [first, ...others] = await Promise.all(pages.map((page) => page.evaluate(cleaned, all)));
    for (const other of others) expect(other).toEqual(first);
    const [again, raw] = [
      await pages[0]?.evaluate(cleaned, first ?? []),
      await pages[0]?.evaluate(parsed, first ?? []),
    ];
    expect(again).toEqual(raw);
  }, 120_000);

  it('gives the tree that the sanitiser of the server gives', async () => {
    configureEvents({ sinks: [] });
    const [page] = pages as [Page];
    // A browser reads <noscript> as text, being able to run scripts, and markup in a <select> by the rules of its day.
    // Half of a surrogate pair can be in its tree, and not in what a server sends.
    const all = [...payloads, ...documents].filter(
      (markup) => !/<(?:noscript|select|option)/i.test(markup) && markup.isWellFormed(),
    );
    const ours = await page.evaluate(cleaned, all);
    const servers = await page.evaluate(
      parsed,
      all.map((markup) => render(sanitize(markup, 'article'))),
    );
    // The server writes nothing that would be parsed to another tree wherever it stands, such as a <p> in a <p>, or an
    // item that could be one of the page's own list; here it is never parsed.
    const again = await page.evaluate(parsedInItems, ours);
    const written = all.map((_, i) => i).filter((i) => again[i] === ours[i]);
    expect(written.length).toBeGreaterThan(all.length - 60);
    expect(written.filter((i) => ours[i] !== servers[i]).map((i) => all[i])).toEqual([]);
  });

  it.each(domVariants.map((variant, index) => ({ ...variant, index })))(
    '$name: leaves legitimate markup as it is',
    async ({ index }) => {
      expect(documents.length).toBeGreaterThan(40);
      const page = pages[index] as Page;
      const cleanedDocuments = await page.evaluate(cleaned, documents);
      // Under Trusted Types only a policy may parse, so the tree to compare with is made elsewhere.
      expect(cleanedDocuments).toEqual(await (pages[0] as Page).evaluate(parsed, documents));
    },
  );

  it('keeps the text of what is unknown, and of elements that are not asked for', async () => {
    for (const page of pages) {
      const shown = await page.evaluate(() => {
        const div = document.createElement('div');
        const result: string[] = [];
        const set = (markup: string, elements?: readonly string[]): void => {
          window.bulwarkDom.setHtml(div, markup, elements && { elements });
          result.push(div.innerHTML);
        };
        set('Ann <ann@example.com> wrote <o:p>this</o:p>');
        set('<p>a <b>b</b> <a href="/x">c</a></p>', ['b']);
        set('<p onclick="x()">Hi <script>x()</script><b id="y">there');
        return result;
      });
      expect(shown).toEqual(['Ann  wrote this', 'a <b>b</b> c', '<p>Hi <b>there</b></p>']);
    }
  });

  it('refuses what is too long or too much, and takes what is long', async () => {
    for (const page of pages) {
      const thrown = await page.evaluate(async () => {
        const div = document.createElement('div');
        const { setHtml } = window.bulwarkDom;
        return [
          window.codeOf(() => setHtml(div, 'x'.repeat(2_000_001))),
          window.codeOf(() => setHtml(div, '<br>'.repeat(100_001))),
          window.codeOf(() => setHtml(div, '<p>x</p>'.repeat(10_000))),
          window.codeOf(() => setHtml(div, { length: 1 } as never)),
          window.codeOf(() => setHtml(div, 'x', { elements: ['iframe'] })),
          ...['script', 'style', 'template', 'textarea', 'noscript'].map((tag) =>
            window.codeOf(() => setHtml(document.createElement(tag), 'x')),
          ),
          window.codeOf(() => setHtml(document.createElementNS('http://www.w3.org/2000/svg', 'g'), 'x')),
          window.codeOf(() => setHtml(document.createElement('td'), '<b>x</b>')),
        ];
      });
      expect(thrown).toEqual([
        'dom/markup-too-complex',
        'dom/markup-too-complex',
        '',
        'dom/not-text',
        'dom/invalid-option',
        ...Array(6).fill('dom/unsafe-element'),
        '',
      ]);
    }
  });

  it('fills a form whose fields shadow its members, and a page whose images shadow the document', async () => {
    for (const variant of domVariants) {
      const page = await site.open(
        variant,
        '<img name="implementation"><img name="createElement"><form><input name="replaceChildren">' +
          '<input name="localName"><input name="namespaceURI"><input name="textContent"></form>',
      );
      const shown = await page.evaluate(() => {
        const form = document.querySelector('form') as HTMLFormElement;
        window.bulwarkDom.setHtml(form, '<b>x</b>');
        return form.innerHTML;
      });
      expect(shown).toBe('<b>x</b>');
      await page.close();
    }
  });
});

// What follows runs in the page.

async function residueOf(list: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const elements =
    /^(?:a|abbr|address|article|aside|b|bdi|bdo|big|blockquote|br|caption|cite|code|col|colgroup|data|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|footer|h[1-6]|header|hgroup|hr|i|img|ins|kbd|li|mark|nav|ol|p|pre|q|rp|rt|ruby|s|samp|search|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|wbr)$/;
  const attributes =
    /^(?:align|alt|cite|colspan|datetime|decoding|dir|height|href|hreflang|lang|loading|open|rel|reversed|rowspan|scope|sizes|span|src|srcset|start|title|type|value|width)$/;
  for (const markup of list) {
    const div = document.body.appendChild(document.createElement('div'));
    window.bulwarkDom.setHtml(div, markup);
    for (const element of div.querySelectorAll('*')) {
      if (!elements.test(element.localName) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml')
        found.push(`<${element.localName}>`);
      for (const { name, value } of element.attributes) {
        if (!attributes.test(name)) found.push(name);
        if (!/^(?:href|src|cite)$/.test(name)) continue;
        const { protocol } = new URL(value, 'https://base.example/');
        if (
          !/^(?:https?|mailto|tel):$/.test(protocol) &&
          !/^data:image\/(?:png|gif|jpeg|webp|avif|bmp);base64,/.test(value)
        )
          found.push(value);
      }
      if (element.localName === 'a' && !/noopener/.test(element.getAttribute('rel') ?? '')) found.push('a');
      for (const type of ['mouseover', 'focus', 'error', 'load', 'toggle'])
        element.dispatchEvent(new Event(type));
    }
  }
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
  return found;
}

function cleaned(list: readonly string[]): string[] {
  return list.map((markup) => {
    const div = document.createElement('div');
    window.bulwarkDom.setHtml(div, markup);
    return window.shapeOf(div);
  });
}

function parsed(list: readonly string[]): string[] {
  return list.map((markup) => {
    const div = document.createElement('div');
    div.innerHTML = markup;
    return window.shapeOf(div);
  });
}

function parsedInItems(list: readonly string[]): string[] {
  const parse = (before: string, markup: string): string => {
    const outer = document.createElement('div');
    outer.innerHTML = `${before}<div class="here">${markup}</div>`;
    return window.shapeOf(outer.querySelector('.here') as Element);
  };
  return list.map((markup) => {
    const [one, other] = ['<ul><li>', '<dl><dd>'].map((before) => parse(before, markup));
    return one === other ? (one as string) : 'It depends.';
  });
}

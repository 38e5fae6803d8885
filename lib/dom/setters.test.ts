import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DomSite, domVariants, startDomSite } from '../../checks/dom/dom-page.ts';
import { missing } from '../../checks/machine/missing.ts';
import { legitimateLinks, legitimateTexts } from '../testing/corpus/xss.ts';

const reason = missing('chromium');

describe.skipIf(reason)(`the setters in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let site: DomSite;
  let page: Page;
  beforeAll(async () => {
    site = await startDomSite();
    page = await site.open(domVariants[3] as (typeof domVariants)[number]);
  });
  afterAll(() => site?.close());

  it('setText shows every text as it is', async () => {
    const shown = await page.evaluate((texts) => {
      const p = document.createElement('p');
      return texts.map((text) => {
        window.bulwarkDom.setText(p, text);
        return p.textContent;
      });
    }, legitimateTexts);
    expect(shown).toEqual(legitimateTexts);
  });

  it('setText takes what is text, and refuses objects and elements of code', async () => {
    const result = await page.evaluate(() => {
      const p = document.createElement('p');
      const { setText } = window.bulwarkDom;
      const shown = [0, 1n, false, null, undefined, ''].map((value) => {
        setText(p, value);
        return p.textContent;
      });
      const codes = [{}, [1], () => 1, Symbol('x')].map((value) =>
        window.codeOf(() => setText(p, value as never)),
      );
      const elements = ['script', 'style', 'textarea'].map((tag) =>
        window.codeOf(() => setText(document.createElement(tag), 'x')),
      );
      return { shown, codes, elements };
    });
    expect(result).toEqual({
      shown: ['0', '1', 'false', '', '', ''],
      codes: Array(4).fill('dom/not-text'),
      elements: ['dom/unsafe-element', 'dom/unsafe-element', ''],
    });
  });

  it('setHref, setSrc and setAction take legitimate URLs, and set the others aside', async () => {
    const result = await page.evaluate((links) => {
      const { setHref, setSrc, setAction, setUrl } = window.bulwarkDom;
      const make = <T extends keyof HTMLElementTagNameMap>(tag: T) => document.createElement(tag);
      const a = make('a');
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'a');
      const img = make('img');
      const form = make('form');
      const button = make('button');
      const changed = links.filter((link) => !setHref(a, link) || a.getAttribute('href') !== link);
      const bad = [
        'javascript:alert(1)',
        ' java\nscript:alert(1)',
        'data:text/html,x',
        'blob:x',
        'vbscript:x',
        'ms-office:x',
      ];
      const aside = bad.flatMap((url) => [
        setHref(a, url) || a.getAttribute('href'),
        setHref(svg, url) || svg.getAttribute('href'),
        setSrc(img, url) || img.getAttribute('src'),
        setAction(form, url) || form.getAttribute('action'),
        setAction(button, url) || button.getAttribute('formaction'),
      ]);
      const fine = [
        setSrc(img, 'data:image/png;base64,AAAA'),
        setSrc(img, 'data:image/svg+xml;base64,AAAA'),
        setHref(a, new URL('https://example.com/')),
        setUrl(make('blockquote'), 'cite', '/x'),
        setAction(form, '/save'),
      ];
      const codes = (
        [
          ['script', 'src'],
          ['iframe', 'src'],
          ['iframe', 'srcdoc'],
          ['object', 'data'],
          ['embed', 'src'],
          ['base', 'href'],
          ['link', 'href'],
          ['img', 'srcset'],
          ['a', 'ping'],
          ['a', 'onclick'],
        ] as const
      ).map(([tag, name]) => window.codeOf(() => setUrl(make(tag), name, '/x')));
      return {
        changed,
        aside: [...new Set(aside)],
        fine,
        codes,
        object: window.codeOf(() => setHref(a, {} as never)),
      };
    }, legitimateLinks);
    expect(result).toEqual({
      changed: [],
      aside: ['about:invalid#bulwark'],
      fine: [true, false, true, true, true],
      codes: Array(10).fill('dom/unsafe-attribute'),
      object: 'dom/not-text',
    });
  });

  const refusedNames =
    'onclick ONCLICK onx style srcdoc srcset imagesrcset background ping xlink:href xml:base v-html x-data ng-click ' +
    '@click :href [inner] hx-get hx-on data-hx-on data-bind is nonce sandbox data manifest formaction href src';
  const takenNames =
    'id name title class lang dir alt value type placeholder target rel role tabindex aria-label data-id hidden';

  it('setAttribute refuses names that are more than text, and takes the others', async () => {
    const codes = await page.evaluate(
      ([refused, taken]) => {
        const of = (tag: string, names: readonly string[]): string[] =>
          names.map((name) =>
            window.codeOf(() => window.bulwarkDom.setAttribute(document.createElement(tag), name, 'x')),
          );
        return {
          refused: of('p', refused),
          taken: of('p', taken),
          strict: of('script', ['type', 'src', 'async', 'integrity']),
          strictFrame: of('iframe', ['src', 'srcdoc', 'name', 'allow']),
          strictMeta: of('meta', ['content', 'http-equiv']),
          harmless: of('iframe', ['title', 'class', 'data-x', 'aria-label', 'width']),
        };
      },
      [refusedNames.split(' '), takenNames.split(' ')] as const,
    );
    const all = (list: readonly string[]): Set<string> => new Set(list);
    expect(all(codes.refused)).toEqual(new Set(['dom/unsafe-attribute']));
    expect(all(codes.taken)).toEqual(new Set(['']));
    expect(all([...codes.strict, ...codes.strictFrame, ...codes.strictMeta])).toEqual(
      new Set(['dom/unsafe-attribute']),
    );
    expect(all(codes.harmless)).toEqual(new Set(['']));
  });

  it('setAttribute refuses every handler that Chromium has', async () => {
    const passed = await page.evaluate(() => {
      const names = new Set<string>();
      for (const type of [HTMLElement, HTMLBodyElement, SVGElement, Document, Window]) {
        for (let at: object | null = type.prototype; at; at = Object.getPrototypeOf(at)) {
          for (const name of Object.getOwnPropertyNames(at)) if (name.startsWith('on')) names.add(name);
        }
      }
      const p = document.createElement('p');
      return {
        count: names.size,
        passed: [...names].filter(
          (name) => window.codeOf(() => window.bulwarkDom.setAttribute(p, name, '')) === '',
        ),
      };
    });
    expect(passed.count).toBeGreaterThan(80);
    expect(passed.passed).toEqual([]);
  });

  it('setAttribute sends URLs the way of setUrl, and removes with null', async () => {
    const result = await page.evaluate(() => {
      const { setAttribute } = window.bulwarkDom;
      const a = document.createElement('a');
      const kept = [
        setAttribute(a, 'href', 'javascript:alert(1)'),
        a.getAttribute('href'),
        setAttribute(a, 'HREF', '/x'),
      ];
      setAttribute(a, 'title', '<b>"');
      const title = a.title;
      setAttribute(a, 'title', null);
      setAttribute(a, 'href', null);
      return [...kept, title, a.outerHTML, window.codeOf(() => setAttribute(a, 'onclick', null))];
    });
    expect(result).toEqual([false, 'about:invalid#bulwark', true, '<b>"', '<a></a>', 'dom/unsafe-attribute']);
  });

  it('a form whose fields shadow its members is still the form', async () => {
    const other = await site.open(
      domVariants[0] as (typeof domVariants)[number],
      '<form><input name="localName"><input name="setAttribute"><input name="action"><input name="getAttribute"></form>',
    );
    const form = await other.evaluate(() => {
      const found = document.querySelector('form') as HTMLFormElement;
      window.bulwarkDom.setAction(found, 'javascript:alert(1)');
      window.bulwarkDom.setAttribute(found, 'title', 'x');
      return (found.cloneNode() as HTMLFormElement).outerHTML;
    });
    expect(form).toBe('<form action="about:invalid#bulwark" title="x"></form>');
  });

  it('on refuses a listener that is no function and a selector that is none, at the call', async () => {
    const codes = await page.evaluate(() => {
      const { on } = window.bulwarkDom;
      const bad = ['', 'a >', 'a[', ':no', '#1'].map((selector) =>
        window.codeOf(() => on(document, 'click', selector, () => {})),
      );
      const listeners = ['x()', null, { handleEvent() {} }].map((listener) =>
        window.codeOf(() => on(document, 'click', 'a', listener as never)),
      );
      const fine = ['a', 'a:is(b, c) > d', '#x1', '[data-x="1"]'].map((selector) =>
        window.codeOf(() => on(document, 'click', selector, () => {})()),
      );
      return { refused: [...bad, ...listeners], fine };
    });
    expect(codes).toEqual({ refused: Array(8).fill('dom/invalid-option'), fine: Array(4).fill('') });
  });

  it('options that there are none of are refused', async () => {
    const codes = await page.evaluate(() => {
      const { setHtml, createTrustedTypesPolicy, installDefaultPolicy } = window.bulwarkDom;
      const p = document.createElement('p');
      return [
        window.codeOf(() => setHtml(p, '', { element: ['b'] } as never)),
        window.codeOf(() => createTrustedTypesPolicy('x', { scriptUrl: [] } as never)),
        window.codeOf(() => installDefaultPolicy({ modes: 'refuse' } as never)),
      ];
    });
    expect(codes).toEqual(Array(3).fill('dom/invalid-option'));
  });

  it('on hears events of what is there now and later, and ends', async () => {
    const heard = await page.evaluate(() => {
      const root = document.body.appendChild(document.createElement('div'));
      const outside = document.body.appendChild(document.createElement('button'));
      const seen: string[] = [];
      const off = window.bulwarkDom.on(root, 'click', 'button', (event, button) => {
        seen.push(`${event.type} ${button.type} ${button.id}`);
      });
      const offFocus = window.bulwarkDom.on(
        root,
        'focus',
        'input',
        (_event, input) => void seen.push(input.name),
      );
      const form = root.appendChild(document.createElement('form'));
      const button = form.appendChild(document.createElement('button'));
      button.type = 'button';
      button.id = 'closest';
      const inner = button.appendChild(document.createElement('b'));
      const input = form.appendChild(document.createElement('input'));
      input.name = 'closest';
      inner.click();
      outside.click();
      form.dispatchEvent(new Event('click', { bubbles: true }));
      input.dispatchEvent(new Event('focus'));
      off();
      offFocus();
      inner.click();
      return seen;
    });
    expect(heard).toEqual(['click button closest', 'closest']);
  });
});

import { describe, expect, it } from 'vitest';
import { element, refuses, worlds } from '../../../checks/jsx/jsx-worlds.ts';
import { withRequest } from '../../request/context.ts';
import { html, sanitize } from '../index.ts';
import * as helpers from '../react/index.ts';

describe.each(worlds)('JSX of $name', ({ make, render, bare }) => {
  const markup = (type: unknown, props: unknown): string => render(make(type, props as never));

  describe('markup', () => {
    it('is taken from what Bulwark made', () => {
      const safe = sanitize('<b onclick="x()">hi</b><script>x()</script>', 'article');
      expect(markup('div', { dangerouslySetInnerHTML: { __html: safe } })).toBe('<div><b>hi</b></div>');
      expect(markup('div', { dangerouslySetInnerHTML: helpers.innerHtml(safe) })).toContain('<b>hi</b>');
      expect(markup('div', { dangerouslySetInnerHTML: { __html: html`<i>${'<'}</i>` } })).toContain(
        '<i>&lt;</i>',
      );
      expect(markup('div', { dangerouslySetInnerHTML: { __html: '' } })).toBe('<div></div>');
      expect(markup('div', { dangerouslySetInnerHTML: undefined })).toBe('<div></div>');
    });

    it('is refused as a text, spread or not, of elements and components', () => {
      const input = JSON.parse('{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=alert(1)>"}}');
      const box = element('div', bare);
      refuses('html/not-safe-html', () => make('div', { ...input }));
      refuses('html/not-safe-html', () => make(box, { ...input }));
      refuses('html/not-safe-html', () => make('div', { dangerouslySetInnerHTML: { __html: ['<b>'] } }));
      refuses('html/not-safe-html', () =>
        make('div', { dangerouslySetInnerHTML: Object.create({ __html: '<b>' }) }),
      );
      refuses('html/not-safe-html', () =>
        make('div', { dangerouslySetInnerHTML: { ...helpers.innerHtml(html`x`) } }),
      );
      refuses('html/not-safe-html', () => make('x-y', { innerHTML: '<img onerror=x>' }));
      refuses('html/not-safe-html', () => make('x-y', { outerHTML: '<img onerror=x>' }));
      refuses('html/not-safe-html', () => helpers.innerHtml('<b>' as never));
    });

    it('is read once', () => {
      let reads = 0;
      const changing = {
        get __html() {
          return reads++ === 0 ? '' : '<img src=x onerror=alert(1)>';
        },
      };
      expect(markup('div', { dangerouslySetInnerHTML: changing })).toBe('<div></div>');
    });

    it('is recognised when a component passes it on', () => {
      const box = element('div', make);
      expect(markup(box, { dangerouslySetInnerHTML: { __html: html`<b></b>` } })).toBe('<div><b></b></div>');
      expect(markup(box, { id: 'a', dangerouslySetInnerHTML: helpers.innerHtml(html`x`) })).toBe(
        '<div id="a">x</div>',
      );
    });

    it('is accepted only in elements that parse it as its type promises', () => {
      const safe = sanitize('alert(1)', 'article');
      for (const type of ['script', 'SCRIPT', 'style', 'textarea', 'noscript', 'iframe', 'title', 'svg']) {
        refuses('html/not-safe-html', () => make(type, { dangerouslySetInnerHTML: { __html: safe } }));
        refuses('html/not-safe-html', () => make(type, { dangerouslySetInnerHTML: helpers.innerHtml(safe) }));
      }
      expect(markup('section', { dangerouslySetInnerHTML: { __html: safe } })).toBe(
        '<section>alert(1)</section>',
      );
      refuses('html/late-value', () =>
        make('div', { dangerouslySetInnerHTML: { __html: html`${Promise.resolve('x')}` } }),
      );
    });

    it('has the nonce of the request', () => {
      withRequest({}, () => {
        const nonce = helpers.pageNonce();
        expect(nonce).toMatch(/^[\w+/]{22}==$/);
        expect(markup('div', { dangerouslySetInnerHTML: { __html: html`<style>p{}</style>` } })).toContain(
          `<style nonce="${nonce}">`,
        );
      });
      expect(helpers.pageNonce()).toBeUndefined();
    });

    it('in srcDoc is a SafeHtml', () => {
      refuses('html/unsupported-attribute', () => make('iframe', { srcDoc: '<script>alert(1)</script>' }));
      refuses('html/unsupported-attribute', () => make('iframe', { srcdoc: '<script>alert(1)</script>' }));
      expect(markup('iframe', { srcDoc: html`<p>${'<'}</p>` })).toMatch(/&lt;p(?:>|&gt;)&amp;lt;/);
      expect(markup('iframe', { srcDoc: undefined })).toBe('<iframe></iframe>');
    });
  });
});

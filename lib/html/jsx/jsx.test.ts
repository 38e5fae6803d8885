import { createElement as preactElement } from 'preact';
import { renderToString as renderPreact } from 'preact-render-to-string';
import { createElement as reactElement } from 'react';
import { renderToStaticMarkup as renderReact } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { withRequest } from '../../request/context.ts';
import { html, resourceUrl, safeScript, safeStyle, safeUrl, sanitize } from '../index.ts';
import * as preactHelpers from '../preact/index.ts';
import { jsxDEV as preactDev } from '../preact/jsx-dev-runtime/index.ts';
import { jsx as preactJsx, jsxs as preactJsxs } from '../preact/jsx-runtime/index.ts';
import * as reactHelpers from '../react/index.ts';
import { jsxDEV as reactDev } from '../react/jsx-dev-runtime/index.ts';
import { jsx as reactJsx, jsxs as reactJsxs } from '../react/jsx-runtime/index.ts';

type Props = Record<string, unknown>;
type Make = (type: unknown, props: Props) => unknown;

interface World {
  readonly name: string;
  readonly make: Make;
  /** As compilers write it where a key follows what is spread. */
  readonly create: (type: unknown, props: Props, ...children: unknown[]) => unknown;
  readonly render: (element: unknown) => string;
  readonly ways: readonly Make[];
  readonly bare: Make;
}

const asMake = (jsx: unknown): Make => jsx as Make;
/** A component that hands everything on. */
function element(type: string, make: Make): (props: Props) => unknown {
  return (props) => make(type, props);
}

const dev =
  (jsx: unknown): Make =>
  (type, props) =>
    (jsx as (...of: unknown[]) => unknown)(type, props, undefined, false);

const worlds: readonly World[] = [
  {
    name: 'React',
    make: asMake(reactJsx),
    create: reactHelpers.createElement as never,
    render: renderReact as never,
    ways: [asMake(reactJsx), asMake(reactJsxs), dev(reactDev), reactHelpers.createElement as never],
    bare: reactElement as never,
  },
  {
    name: 'Preact',
    make: asMake(preactJsx),
    create: preactHelpers.createElement as never,
    render: renderPreact as never,
    ways: [asMake(preactJsx), asMake(preactJsxs), dev(preactDev), preactHelpers.createElement as never],
    bare: preactElement as never,
  },
];

let events = recordedEvents();
beforeEach(() => {
  events = recordedEvents();
});
afterEach(() => vi.restoreAllMocks());

describe.each(worlds)('JSX of $name', ({ name, make, create, render, ways, bare }) => {
  const markup = (type: unknown, props: unknown): string => render(make(type, props as Props));
  const refuses = (code: string, work: () => unknown): void => {
    expect(work).toThrow(
      expect.objectContaining({ code, name: 'Misuse', hint: expect.stringMatching(/\w/) }),
    );
  };

  describe('a URL (CWE-79, OWASP Cross Site Scripting Prevention Cheat Sheet)', () => {
    const running = [
      ['a', { href: 'javascript:alert(1)' }],
      ['a', { href: ' \u0001java\nscript:alert(1)' }],
      ['a', { href: 'JAVASCRIPT:alert(1)' }],
      ['a', { href: ['javascript:alert(1)'] }],
      ['a', { href: 'vbscript:x' }],
      ['a', { href: 'data:text/html,<script>alert(1)</script>' }],
      ['a', JSON.parse('{"HREF":"javascript:alert(1)"}')],
      ['a', { hReF: 'javascript:alert(1)' }],
      ['a', { xlinkHref: 'javascript:alert(1)' }],
      ['a', { 'xlink:href': 'javascript:alert(1)' }],
      ['iframe', { src: 'javascript:alert(1)' }],
      ['iframe', { src: 'data:text/html,x' }],
      ['embed', { src: 'data:image/svg+xml,<svg onload=alert(1)>' }],
      ['object', { data: 'javascript:alert(1)' }],
      ['object', { data: 'data:text/html,x' }],
      ['script', { src: 'data:text/javascript,alert(1)' }],
      ['link', { rel: 'stylesheet', href: 'data:text/css,x' }],
      ['base', { href: 'javascript:/' }],
      ['form', { action: 'javascript:alert(1)' }],
      ['button', { formAction: 'javascript:alert(1)' }],
      ['button', { formaction: 'javascript:alert(1)' }],
      ['input', { formAction: 'data:text/html,x' }],
      ['use', { href: 'data:image/svg+xml,<svg id=x>' }],
      ['blockquote', { cite: 'javascript:x' }],
      ['my-link', { href: 'javascript:alert(1)' }],
      ['animate', { attributeName: 'href', to: 'javascript:alert(1)' }],
      ['set', { attributeName: 'xlink:href', values: '/a;javascript:alert(1)' }],
    ] as const;

    it.each(running)('of <%s %o> that runs code is replaced, with an event', async (type, props) => {
      const found = markup(type, props);
      expect(found).toContain('about:invalid#bulwark');
      expect(found).not.toMatch(/script:|data:/i);
      expect(await events.codes()).toEqual(['html/unsafe-url']);
    });

    const harmless = [
      ['a', { href: '/x?y=javascript:alert(1)' }],
      ['a', { href: '#javascript:' }],
      ['a', { href: 'https://example.com/' }],
      ['a', { href: 'mailto:a@b.example' }],
      ['a', { href: 'tel:+1555' }],
      ['a', { href: 'blob:http://localhost/2f4c8f70-5f5a-4b9e-9f0e-1d2f4c8f7055', download: true }],
      ['a', { href: 'data:text/csv;base64,YSxi', download: 'orders.csv' }],
      ['img', { src: 'data:image/png;base64,iVBORw0KGgo=' }],
      // As Vite and webpack write small files.
      ['img', { src: 'data:image/svg+xml,%3csvg/%3e' }],
      ['img', { srcSet: 'data:image/png;base64,iVBORw0KGgo= 1x, /b.png 2x' }],
      ['video', { src: 'blob:http://localhost/2f4c8f70' }],
      ['audio', { src: 'data:audio/wav;base64,UklGRg==' }],
      ['iframe', { src: 'about:blank' }],
      ['iframe', { src: 'blob:http://localhost/2f4c8f70' }],
      ['script', { src: '/app.js' }],
      ['link', { rel: 'icon', href: 'data:image/svg+xml,%3csvg/%3e' }],
      ['link', { rel: 'stylesheet', href: '/app.css' }],
      ['use', { href: '/icons.svg#pen' }],
      ['use', { href: '#pen' }],
      ['form', { action: '/search' }],
      ['animate', { attributeName: 'r', values: '1;2;3', to: '4' }],
      ['meta', { httpEquiv: 'refresh', content: '5;url=/next' }],
      ['meta', { name: 'description', content: 'javascript: the good parts' }],
      ['input', { value: 'javascript:alert(1)', readOnly: true }],
      ['input', { to: 'javascript:', placeholder: 'data:text/html' }],
    ] as const;

    it.each(harmless)('of <%s %o> is left as it is', async (type, props) => {
      expect(markup(type, props)).toBe(render(bare(type, props)));
      expect(await events.codes()).toEqual([]);
    });

    it('of a client in a refresh is left out', () => {
      for (const content of [
        '0;url=javascript:alert(1)',
        "0; URL='data:text/html,x'",
        '0 javascript:alert(1)',
      ]) {
        expect(markup('meta', { httpEquiv: 'refresh', content })).not.toMatch(/javascript|data:/);
      }
    });

    it('is left out of a srcset', () => {
      expect(markup('img', { srcSet: '/a.png 1x, javascript:alert(1) 2x, data:text/html,x 3x' })).toBe(
        markup('img', { srcSet: '/a.png 1x' }),
      );
    });

    it('may be a URL object, a SafeUrl or a TrustedResourceUrl', () => {
      expect(markup('a', { href: safeUrl`sms:${'+1'}` })).toBe('<a href="sms:+1"></a>');
      expect(markup('iframe', { src: resourceUrl`https://video.example/${'a b'}` })).toContain('/a%20b"');
      expect(markup('a', { href: new URL('https://a.example/b') })).toContain('href="https://a.example/b"');
      expect(markup('a', { href: new URL('javascript:alert(1)') })).toContain('about:invalid');
    });

    it('of a component is replaced where it runs code, and nowhere else', () => {
      const link = element('a', bare);
      expect(markup(link, { href: 'java\tscript:alert(1)' })).toContain('about:invalid');
      expect(markup(link, { href: 'slack://open' })).toContain('slack://open');
      const button = ({ to }: { to: unknown }): unknown => bare('i', { title: String(to) });
      expect(markup(button, { to: 'vbscript:x' })).toContain('about:invalid');
      expect(markup(button, { to: 'Everybody' })).toContain('Everybody');
    });

    it('of a further scheme is left as it is once it is allowed', () => {
      const scheme = `app-${name.toLowerCase()}`;
      expect(markup('a', { href: `${scheme}://send` })).toContain('about:invalid');
      reactHelpers.allowLinkSchemes(scheme);
      expect(markup('a', { href: `${scheme.toUpperCase()}://send` })).toContain('://send');
      for (const refused of ['javascript', 'Data', 'VBSCRIPT', 'a:', '', 1 as never]) {
        refuses('html/invalid-value', () => reactHelpers.allowLinkSchemes(refused));
      }
    });

    it('is checked by each function that a compiler calls', () => {
      for (const way of ways) expect(render(way('a', { href: 'javascript:x' }))).toContain('about:invalid');
      expect(render(create('a', { key: 1, href: 'javascript:x' }, 'text'))).toMatch(/about:invalid.*text/);
    });
  });

  describe('markup', () => {
    it('is taken from what Bulwark made', () => {
      const safe = sanitize('<b onclick="x()">hi</b><script>x()</script>', 'article');
      expect(markup('div', { dangerouslySetInnerHTML: { __html: safe } })).toBe('<div><b>hi</b></div>');
      expect(markup('div', { dangerouslySetInnerHTML: reactHelpers.innerHtml(safe) })).toContain('<b>hi</b>');
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
        make('div', { dangerouslySetInnerHTML: { ...reactHelpers.innerHtml(html`x`) } }),
      );
      refuses('html/not-safe-html', () => make('x-y', { innerHTML: '<img onerror=x>' }));
      refuses('html/not-safe-html', () => make('x-y', { outerHTML: '<img onerror=x>' }));
      refuses('html/not-safe-html', () => reactHelpers.innerHtml('<b>' as never));
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

    it('is known again where a component hands it on', () => {
      const box = element('div', make);
      expect(markup(box, { dangerouslySetInnerHTML: { __html: html`<b></b>` } })).toBe('<div><b></b></div>');
      expect(markup(box, { id: 'a', dangerouslySetInnerHTML: reactHelpers.innerHtml(html`x`) })).toBe(
        '<div id="a">x</div>',
      );
    });

    it('stands where its promise holds', () => {
      const safe = sanitize('alert(1)', 'article');
      for (const type of ['script', 'SCRIPT', 'style', 'textarea', 'noscript', 'iframe', 'title', 'svg']) {
        refuses('html/not-safe-html', () => make(type, { dangerouslySetInnerHTML: { __html: safe } }));
        refuses('html/not-safe-html', () =>
          make(type, { dangerouslySetInnerHTML: reactHelpers.innerHtml(safe) }),
        );
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
        const nonce = reactHelpers.pageNonce();
        expect(nonce).toMatch(/^[\w+/]{22}==$/);
        expect(markup('div', { dangerouslySetInnerHTML: { __html: html`<style>p{}</style>` } })).toContain(
          `<style nonce="${nonce}">`,
        );
      });
      expect(reactHelpers.pageNonce()).toBeUndefined();
    });

    it('in srcDoc is a SafeHtml', () => {
      refuses('html/unsupported-attribute', () => make('iframe', { srcDoc: '<script>alert(1)</script>' }));
      refuses('html/unsupported-attribute', () => make('iframe', { srcdoc: '<script>alert(1)</script>' }));
      expect(markup('iframe', { srcDoc: html`<p>${'<'}</p>` })).toMatch(/&lt;p(?:>|&gt;)&amp;lt;/);
      expect(markup('iframe', { srcDoc: undefined })).toBe('<iframe></iframe>');
    });
  });

  describe('a script', () => {
    it('has code that the developer wrote', () => {
      expect(markup('script', { children: safeScript`start(${{ a: '</script>' }})` })).toBe(
        '<script>start({"a":"\\u003c/script\\u003e"})</script>',
      );
      expect(markup('script', { dangerouslySetInnerHTML: { __html: safeScript`a("b")` } })).toBe(
        '<script>a("b")</script>',
      );
      expect(render(create('script', { key: 1 }, safeScript`x()`))).toBe('<script>x()</script>');
      expect(markup('script', { src: '/a.js', children: undefined })).toBe('<script src="/a.js"></script>');
    });

    it('has no text of elsewhere', () => {
      for (const children of [
        'alert(1)',
        ['alert(1)'],
        ['a', 1],
        1,
        { toString: () => 'x' },
        safeStyle`p{}`,
      ]) {
        refuses('html/hole-in-script', () => make('script', { children }));
      }
      refuses('html/hole-in-script', () => create('script', {}, 'alert(', '1)'));
      refuses('html/hole-in-script', () => make('script', { text: 'alert(1)' }));
      refuses('html/hole-in-script', () => make('script', { textContent: 'alert(1)' }));
      expect(markup('p', { children: 'alert(1)' })).toBe('<p>alert(1)</p>');
    });

    it('has data that no value ends', () => {
      const data = { name: '</script><script>alert(1)</script><!--', big: 10n, also: [null, '\u2028'] };
      const found = markup('script', { ...reactHelpers.jsonScript(data, 'state') });
      expect(found.match(/<\/?script/g)).toHaveLength(2);
      expect(found).toContain('id="state"');
      const text = /<script[^>]*>(.*)<\/script>/.exec(found)?.[1] ?? '';
      expect(JSON.parse(text)).toEqual({ ...data, big: '10' });
      expect(markup('script', { ...reactHelpers.jsonScript([1]), type: 'application/ld+json' })).toContain(
        '[1]</script>',
      );
      for (const value of [undefined, () => 1, Promise.resolve(1), [Promise.resolve(1)]]) {
        refuses('html/invalid-value', () => reactHelpers.jsonScript(value));
      }
      let deep: unknown = 1;
      for (let i = 0; i < 200_000; i++) deep = [deep];
      refuses('html/invalid-value', () => reactHelpers.jsonScript(deep));
    });

    it('of styles is a SafeStyle, or a text that the framework escapes', () => {
      expect(markup('style', { children: safeStyle`a > b {}` })).toBe('<style>a > b {}</style>');
      expect(markup('style', { children: '</style><script>' })).toMatch(
        /^<style>[^/]*<\/(?!style)[^/]*<\/style>$|&lt;\/style/,
      );
    });
  });

  describe('properties that are spread from input', () => {
    it('bring no handler and no style as a text', () => {
      for (const name of ['onclick', 'onClick', 'ONERROR', 'onfocus', 'onClickCapture']) {
        refuses('html/hole-in-event-handler', () => make('div', { [name]: 'alert(1)' }));
        refuses('html/hole-in-event-handler', () => make('x-y', { is: 'x', [name]: 'alert(1)' }));
      }
      refuses('html/hole-in-style', () => make('div', { style: 'position:fixed;inset:0' }));
      expect(markup('div', { onClick: () => undefined, style: { color: 'red' } })).toMatch(
        /^<div style="color:red;?"><\/div>$/,
      );
      expect(markup('div', { onClick: undefined, style: undefined, only: false })).toBe('<div></div>');
    });

    it('say nothing of what a client sent in a message', () => {
      const thrown = ((): Error => {
        try {
          make('div', { onclick: 'SECRET', SECRET: 1 });
          throw new Error('was accepted');
        } catch (error) {
          return error as Error;
        }
      })();
      expect(thrown.message).not.toContain('SECRET');
    });

    it('change no object of the caller, and stay the same object where nothing changes', () => {
      const props = Object.freeze({ href: 'javascript:x', id: 'a' });
      expect(markup('a', props)).toContain('about:invalid');
      expect(props.href).toBe('javascript:x');
    });

    it('may have any number of names', () => {
      for (let i = 0; i < 5000; i++) make('p', { [`data-${i}`]: 'x' });
      expect(markup('a', { href: 'javascript:x' })).toContain('about:invalid');
      expect(markup('a', { HrEf: 'javascript:x' })).toContain('about:invalid');
    });
  });
});

describe('an unsafe URL where nobody set up events', () => {
  it('is told to the console without its value', async () => {
    vi.resetModules();
    const registry = await import('../../internal/registry.ts');
    vi.spyOn(registry.copies()[0]?.state as Map<string, unknown>, 'get').mockReturnValue(undefined);
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const { reportUnsafe } = await import('./report-unsafe.ts');
    reportUnsafe('html/unsafe-url', { place: 'href of <a>', value: 'SECRET' });
    expect(error.mock.calls).toEqual([[expect.stringContaining('href of <a>')]]);
    expect(String(error.mock.calls)).not.toContain('SECRET');
  });
});

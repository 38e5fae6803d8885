import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { element, refuses, worlds } from '../../../checks/jsx/jsx-worlds.ts';
import { resourceUrl, safeUrl } from '../index.ts';
import * as helpers from '../react/index.ts';

let events = recordedEvents();
beforeEach(() => {
  events = recordedEvents();
});
afterEach(() => vi.restoreAllMocks());

describe.each(worlds)('JSX of $name', ({ name, make, create, render, ways, bare }) => {
  const markup = (type: unknown, props: unknown): string => render(make(type, props as never));

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
      ['animate', { attributeName: 'href', valuesName: 'javascript:alert(1)' }],
      // In a browser, the second name is the one that SVG knows.
      ['animate', { attributename: 'fill', attributeName: 'href', to: 'javascript:alert(1)' }],
      ['svg:set', { attributeName: 'href', to: 'javascript:alert(1)' }],
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
      ['svg:set', { attributeName: 'fill', to: 'red' }],
      ['svg:image', { href: 'data:image/png;base64,iVBORw0KGgo=' }],
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

    it('gets no scheme that runs code by itself', async () => {
      const link = { href: 'mailto:alert(1)' };
      for (const protocol of ['javascript:', 'JAVASCRIPT', 'java\nscript:x', ['javascript'], 'data', 'x y']) {
        for (const type of ['a', 'AREA']) {
          expect(markup(type, { ...link, protocol })).toBe(markup(type, link));
        }
      }
      expect(new Set(await events.codes())).toEqual(new Set(['html/unsafe-url']));
      expect(markup('a', { ...link, protocol: 'https:' })).toContain('https:');
      expect(markup('x-y', { protocol: 'javascript' })).toContain('javascript');
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
      const router = ({ as }: { as: unknown }): unknown => bare('a', { href: as });
      expect(markup(router, { as: 'javascript:alert(1)' })).toContain('about:invalid');
      expect(markup(router, { as: 'section' })).toContain('section');
      expect(markup(link, { href: 'slack://open' })).toContain('slack://open');
      const button = ({ to }: { to: unknown }): unknown => bare('i', { title: String(to) });
      expect(markup(button, { to: 'vbscript:x' })).toContain('about:invalid');
      expect(markup(button, { to: 'Everybody' })).toContain('Everybody');
    });

    it('of a router is replaced where a part of it runs code', () => {
      const link = element('a', (type, { href }) => bare(type, { title: JSON.stringify(href) }));
      for (const href of [
        { pathname: 'javascript:alert(1)' },
        { protocol: 'javascript' },
        { href: 'vbscript:x' },
      ]) {
        expect(markup(link, { href })).toContain('about:invalid');
      }
      expect(markup(link, { href: { pathname: '/javascript:', protocol: 'https:' } })).toContain('pathname');
    });

    it('in an object is left as an object', () => {
      const data = { series: [1, 2] };
      for (const given of [data, [1], Object.create(null)]) {
        const { props } = make('x-chart', { data: given, src: given }) as {
          props: { data: unknown; src: unknown };
        };
        expect(props.data).toBe(given);
        expect(props.src).toBe(given);
      }
      const { props } = make('x-chart', { src: ['javascript:x'] }) as { props: { src: unknown } };
      expect(props.src).toBe('about:invalid#bulwark');
    });

    it('of a further scheme is left as it is once it is allowed', () => {
      const scheme = `app-${name.toLowerCase()}`;
      expect(markup('a', { href: `${scheme}://send` })).toContain('about:invalid');
      helpers.allowLinkSchemes(scheme);
      expect(markup('a', { href: `${scheme.toUpperCase()}://send` })).toContain('://send');
      for (const refused of ['javascript', 'Data', 'VBSCRIPT', 'a:', '', 1 as never]) {
        refuses('html/invalid-value', () => helpers.allowLinkSchemes(refused));
      }
    });

    it('is checked by each function that a compiler calls', () => {
      for (const way of ways) expect(render(way('a', { href: 'javascript:x' }))).toContain('about:invalid');
      expect(render(create('a', { key: 1, href: 'javascript:x' }, 'text'))).toMatch(/about:invalid.*text/);
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

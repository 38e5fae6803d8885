import { Fragment } from 'preact';
import { describe, expect, it } from 'vitest';
import { type Props, refuses, worlds } from '../../../checks/jsx/jsx-worlds.ts';
import { safeScript, safeStyle } from '../index.ts';
import * as helpers from '../react/index.ts';

const preact = worlds.find(({ name }) => name === 'Preact') as (typeof worlds)[number];

describe.each(worlds)('JSX of $name', ({ make, create, render, ways }) => {
  const markup = (type: unknown, props: unknown): string => render(make(type, props as never));

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

    it('refuses any other text', () => {
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
      const found = markup('script', { ...helpers.jsonScript(data, 'state') });
      expect(found.match(/<\/?script/g)).toHaveLength(2);
      expect(found).toContain('id="state"');
      const text = /<script[^>]*>(.*)<\/script>/.exec(found)?.[1] ?? '';
      expect(JSON.parse(text)).toEqual({ ...data, big: '10' });
      expect(markup('script', { ...helpers.jsonScript([1]), type: 'application/ld+json' })).toContain(
        '[1]</script>',
      );
      for (const value of [undefined, () => 1, Promise.resolve(1), [Promise.resolve(1)]]) {
        refuses('html/invalid-value', () => helpers.jsonScript(value));
      }
      let deep: unknown = 1;
      for (let i = 0; i < 200_000; i++) deep = [deep];
      refuses('html/invalid-value', () => helpers.jsonScript(deep));
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
      // An array becomes a text where it is written.
      for (const value of [['alert(1)'], [['alert(1)']], [{}, 'alert(1)'], { toString: () => 'alert(1)' }]) {
        refuses('html/hole-in-event-handler', () => make('div', { onclick: value }));
        refuses('html/hole-in-event-handler', () => make('x-y', { ONCLICK: value }));
        refuses('html/hole-in-style', () => make('div', { STYLE: value }));
      }
      for (const value of [[], {}, [{}], { handleEvent: () => 1 }, 5, true, () => 1]) {
        expect(markup('div', { onClick: value })).not.toContain('alert');
      }
      refuses('html/hole-in-style', () => make('div', { style: 'position:fixed;inset:0' }));
      expect(markup('div', { onClick: () => undefined, style: { color: 'red' } })).toMatch(
        /^<div style="color:red;?"><\/div>$/,
      );
      expect(markup('div', { onClick: undefined, style: undefined, only: false })).toBe('<div></div>');
    });

    it('bring none by a prototype of their own (CWE-1321)', () => {
      const inherited = '{"href":"javascript:alert(1)","dangerouslySetInnerHTML":{"__html":"<img src=x>"}}';
      const sent = (rest: string): Props => JSON.parse(`{${rest},"__proto__":${inherited}}`) as Props;
      for (const way of [...ways, create as typeof make]) {
        // Preact copies all properties where there is a `ref`.
        for (const rest of ['"id":"a"', '"id":"a","ref":null']) {
          expect(render(way('a', { ...sent(rest) }))).toBe('<a id="a"></a>');
        }
        const replaced = render(way('a', { ...sent('"href":"javascript:x"') }));
        expect(replaced).toBe('<a href="about:invalid#bulwark"></a>');
        expect(render(way((props: object) => make('a', props as Props), { ...sent('"id":"a"') }))).toBe(
          '<a id="a"></a>',
        );
      }
      expect(markup('a', { href: '/', proto: '__proto__' })).toBe('<a href="/" proto="__proto__"></a>');
    });

    it('bring no code to an element with a prefix', () => {
      refuses('html/hole-in-script', () => make('svg:script', { children: 'alert(1)' }));
      refuses('html/hole-in-script', () => create('svg:SCRIPT', {}, 'alert(1)'));
      refuses('html/hole-in-script', () => make('svg:script', { text: 'alert(1)' }));
      expect(render(create('svg:title', {}, 'alert(1)'))).toBe('<svg:title>alert(1)</svg:title>');
    });

    it('bring no markup to a Fragment of Preact', () => {
      const props = { tpl: ['<img src=x onerror=alert(1)>'] };
      for (const way of [...preact.ways, preact.create as typeof preact.make]) {
        refuses('html/not-safe-html', () => way(Fragment, props));
        expect(preact.render(way(Fragment, { children: 'a < b' }))).toBe('a &lt; b');
      }
      // A component may call a property so.
      expect(markup(() => null, props)).toBe('');
    });

    it('are not repeated in error messages', () => {
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

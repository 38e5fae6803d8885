import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { html, render, type SafeHtml } from '../index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

const unchecked = html as (strings: TemplateStringsArray, ...values: unknown[]) => SafeHtml;
const srcset = (value: unknown): string =>
  render(unchecked`<img srcset="${value}">`).slice('<img srcset="'.length, -2);
const unsafe = 'about:invalid#bulwark';

describe('srcset', () => {
  it('takes a list of images, with widths and densities', () => {
    expect(
      srcset([
        { url: '/a.jpg', width: 640 },
        { url: new URL('https://x.example/b'), density: 2 },
        { url: '/c' },
        '/d',
      ]),
    ).toBe('/a.jpg 640w, https://x.example/b 2x, /c, /d');
  });

  it.each([
    ['/a.jpg 1x, /b.jpg 2x', '/a.jpg 1x, /b.jpg 2x'],
    ['/a.jpg', '/a.jpg'],
    ['/a.jpg,/b.jpg 2x', '/a.jpg,/b.jpg 2x'],
    ['/a.jpg, /b.jpg 2x', '/a.jpg, /b.jpg 2x'],
    ['/a, /b,/c, /d', '/a, /b,/c, /d'],
    ['  /a.jpg   100w ,\n/b.jpg 1.5x  ', '/a.jpg 100w, /b.jpg 1.5x'],
    ['data:image/png;base64,AAAA 1x, /b 2x', 'data:image/png;base64,AAAA 1x, /b 2x'],
    ['', ''],
    [',,,', ''],
  ])('takes a string: %j', (text, written) => {
    expect(srcset(text)).toBe(written);
  });

  it('decides on each image', () => {
    expect(srcset('javascript:alert(1) 1x, /b 2x')).toBe(`${unsafe} 1x, /b 2x`);
    expect(srcset('/a 1x,javascript:alert(1) 2x, java\tscript:x 3x')).toBe(`/a 1x, ${unsafe} 2x`);
    expect(srcset([{ url: 'data:text/html,x' }, { url: '/b', density: 2 }])).toBe(`${unsafe}, /b 2x`);
  });

  it('lets no URL become two, and no descriptor be anything else', () => {
    expect(srcset([{ url: '/a b,', width: 1 }])).toBe('/a%20b%2C 1w');
    expect(srcset([{ url: ',/a' }])).toBe('%2C/a');
    expect(srcset([{ url: '/a', width: '1w, javascript:x' }, { url: '/b', width: -1 }, '/c'])).toBe('/c');
    expect(srcset('/a 1q, /b (2x, 3x), /c 1x')).toBe('3x), /c 1x');
    expect(srcset(`/a ${'1'.repeat(50)}w, /c`)).toBe('/c');
  });

  it('takes holes in the URLs of static text', () => {
    const [small, large] = ['/s.jpg', 'https://x.example/l.jpg?a=1,2'];
    expect(render(html`<source srcset="${small} 1x, ${large} 2x,/img/${'a b'}.jpg?w=${3}&amp;h=1 3x">`)).toBe(
      '<source srcset="/s.jpg 1x, https://x.example/l.jpg?a=1,2 2x, /img/a%20b.jpg?w=3&amp;h=1 3x">',
    );
    expect(render(html`<img srcset="${'/a 1x, /b'} 2x, ${'javascript:x'} 3x">`)).toBe(
      `<img srcset="/a%201x,%20/b 2x, ${unsafe} 3x">`,
    );
    expect(
      render(html`<link rel="preload" as="image" imagesrcset="${[{ url: '/a', width: 1 }]}">`),
    ).toContain('imagesrcset="/a 1w"');
  });

  it('refuses what is neither', () => {
    expect(() => srcset({ url: '/a' })).toThrow(expect.objectContaining({ code: 'html/not-text' }));
    expect(() => srcset([{ url: {} }])).toThrow(expect.objectContaining({ code: 'html/not-text' }));
    expect(() => srcset(new Map())).toThrow(expect.objectContaining({ code: 'html/invalid-value' }));
    expect(srcset([])).toBe('');
  });

  it('is read in one pass', () => {
    for (const text of [
      ','.repeat(200_000),
      `a${','.repeat(200_000)}b`,
      ' '.repeat(200_000),
      'a, '.repeat(50_000),
    ]) {
      expect(typeof srcset(text)).toBe('string');
      expect(typeof srcset([text])).toBe('string');
    }
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { render } from '../render.ts';
import { preset } from './preset.ts';
import type { PresetName } from './preset-type.ts';
import { sanitize, sanitizeWithReport } from './sanitize.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const clean = (markup: string, name: PresetName = 'article'): string => {
  const once = render(sanitize(markup, preset(name, name === 'email' ? { allowOverflow: true } : {})));
  expect(render(sanitize(once, name === 'email' ? preset(name, { allowOverflow: true }) : name))).toBe(once);
  return once;
};

describe('bitmaps in data: URLs', () => {
  const image = (url: string): string => clean(`<img src="${url}">`);

  it.each([
    ['data:image/jpg;base64,/9j/4AA=', 'data:image/jpeg;base64,/9j/4AA='],
    ['data:image/pjpeg;base64,AAAA', 'data:image/jpeg;base64,AAAA'],
    ['data:image/png;charset=utf-8;base64,AAAA', 'data:image/png;base64,AAAA'],
    ['data:image/png;name=a.png;charset=utf-8;base64,AAAA', 'data:image/png;base64,AAAA'],
    ['data:image/gif; base64,AAAA', 'data:image/gif;base64,AAAA'],
    ['data:image/png;base64,AA%3D%3D', 'data:image/png;base64,AA=='],
    ['data:image/png;base64,A%2FA%2bAA%3d%3D', 'data:image/png;base64,A/A+AA=='],
    ['data:image/png;base64,AAAA\nAAAA\r\n AA==', 'data:image/png;base64,AAAAAAAAAA=='],
    [' DATA:Image/WebP;BASE64,AAAA', 'data:image/webp;base64,AAAA'],
  ])('are kept, in one spelling: %j', (url, kept) => {
    expect(image(url)).toBe(`<img src="${kept}">`);
  });

  it.each([
    'data:image/svg+xml;base64,AAAA',
    'data:image/svg+xml;charset=utf-8,%3Csvg%3E',
    'data:image/jpg,AAAA',
    'data:image/jpg;charset=utf-8,AAAA',
    'data:text/html;image/png;base64,AAAA',
    'data:image/png;charset=utf-8;image/svg+xml;base64,AAAA',
    'data:image/png;base64,AAAA%22%3E',
    'data:image/png;base64,AAAA%3Cscript',
    'data:image/png;base64,A=AA',
    'data:image/png;base64;base64,AAAA,B',
    'data:image/pngx;base64,AAAA',
    'data:,image/png;base64,AAAA',
    'blob:image/png;base64,AAAA',
  ])('are bitmaps, and nothing else: %s', (url) => {
    expect(image(url)).toBe('');
  });
});

describe('images', () => {
  const img = (attributes: string, name?: PresetName): string =>
    clean(`<img src="/a.png" ${attributes}>`, name);

  it.each([
    ['width="100px" height="50 px"', 'width="100" height="50"'],
    ['width="99.5" height="33.33%"', 'width="99" height="33.33%"'],
    ['width=" 100 " height="+50"', 'width="100" height="50"'],
    ['loading="lazy" decoding="async"', 'loading="lazy" decoding="async"'],
    ['srcset="/b.png 2x, https://x.example/c.png 3.5x"', 'srcset="/b.png 2x, https://x.example/c.png 3.5x"'],
    [
      'srcset="/b.png 400w,/c.png 800w" sizes="(max-width: 600px) 100vw, calc(50vw - 10px)"',
      'srcset="/b.png 400w, /c.png 800w" sizes="(max-width: 600px) 100vw, calc(50vw - 10px)"',
    ],
    ['srcset="/w_300,h_200/a.png, /b.png 2x"', 'srcset="/w_300,h_200/a.png 1x, /b.png 2x"'],
    ['srcset="data:image/jpg;base64,AA%3D%3D 2x"', 'srcset="data:image/jpeg;base64,AA== 2x"'],
    ['srcset="javascript:x() 1x, data:text/html,x 2x, /b.png 3x"', 'srcset="/b.png 3x"'],
  ])('keep %s', (given, kept) => {
    expect(img(given)).toBe(`<img src="/a.png" ${kept}>`);
    expect(img(given, 'markdown')).toBe(`<img src="/a.png" ${kept}>`);
    expect(img(given, 'email')).toBe(`<img src="/a.png" ${kept}>`);
  });

  it.each([
    'width="auto"',
    'width="100em"',
    'width="99999"',
    'width="-5px"',
    'loading="now"',
    'srcset=""',
    'srcset=" , ,"',
    'srcset="vbscript:x() 2x"',
    'srcset="/a.png 2q, /b.png 1x 2w"',
    'srcset="//evil.example/,javascript:x() 1000000w"',
    'sizes="expression(alert(1))\\"',
    'sizes="100vw; x"',
  ])('lose %s', (given) => {
    expect(img(given)).toBe('<img src="/a.png">');
  });

  it('are proxied by every candidate', () => {
    const policy = preset('article', {
      images: (url) => (url.startsWith('/p?') ? url : `/p?${encodeURIComponent(url)}`),
    });
    expect(render(sanitize('<img src="/a" srcset="//x.example/b,c 2x, /p?d 3x">', policy))).toBe(
      '<img src="/p?%2Fa" srcset="/p?%2F%2Fx.example%2Fb%2Cc 2x, /p?d 3x">',
    );
    const split = preset('article', { images: () => 'https://a.example/ 1x, https://evil.example/' });
    expect(render(sanitize('<img src="/a" srcset="/b 2x">', split))).not.toContain('srcset');
  });

  it('keep the start of a long alternative text', () => {
    expect(img(`alt="${'x'.repeat(5_000)}"`)).toBe(`<img src="/a.png" alt="${'x'.repeat(1_024)}">`);
    expect(img(`alt="${'x'.repeat(1_023)}\ud83d\ude00"`)).toBe(
      `<img src="/a.png" alt="${'x'.repeat(1_023)}">`,
    );
    expect(img('alt=""')).toBe('<img src="/a.png" alt="">');
  });

  it('are read in linear time', () => {
    for (const value of [
      ','.repeat(900_000),
      'a,'.repeat(450_000),
      `${'a'.repeat(900_000)},`,
      ' '.repeat(900_000),
    ]) {
      const before = performance.now();
      for (const name of ['srcset', 'sizes', 'width', 'alt']) img(`${name}="${value}"`);
      img(`srcset="data:image/png;base64,${value} 1x"`);
      clean(`<p style="${value}">x</p>`);
      clean(`<img src="data:image/png;base64,${value}">`);
      expect(performance.now() - before).toBeLessThan(2_000);
    }
  });
});

describe('alignment in a style', () => {
  it.each([
    ['<td style="text-align:right">', '<td align="right">'],
    ['<td style="text-align: CENTER !important; width: 5px">', '<td align="center">'],
    ['<td style="color:red;text-align:left">', '<td align="left">'],
    ['<td align="left" style="text-align:right">', '<td align="left">'],
    ['<td style="text-align:inherit">', '<td>'],
    ['<td style="x-text-align:right">', '<td>'],
    ['<td style="text-align:right\\" onclick=x">', '<td>'],
  ])('of %s is %s', (given, kept) => {
    const table = (cell: string): string => `<table><tbody><tr>${cell}x</td></tr></tbody></table>`;
    expect(clean(table(given))).toBe(table(kept));
    expect(clean(table(given), 'markdown')).toBe(table(kept));
  });

  it('is kept on paragraphs and headings, and not where a preset has no align', () => {
    expect(clean('<h4 style="text-align: center">x</h4><p style="text-align:justify">y</p>')).toBe(
      '<h4 align="center">x</h4><p align="justify">y</p>',
    );
    expect(clean('<p style="text-align: center">x</p>', 'comment')).toBe('<p>x</p>');
    expect(clean('<p style="text-align: center">x</p>', 'email')).toBe('<p style="text-align: center">x</p>');
  });

  it('is reported where more was left out', () => {
    const removed = (style: string): unknown =>
      sanitizeWithReport(`<p style="${style}">x</p>`, 'article').removed;
    expect(removed('text-align: center;')).toEqual([]);
    expect(removed('text-align: center; color: red')).toEqual([
      { kind: 'attribute', name: 'style', where: 'p' },
    ]);
  });
});

describe('elements of old and of new pages', () => {
  it.each([
    '<p><strike>a</strike> <big>b</big> <tt>c</tt> <data value="SKU-1.2">d</data></p>',
    '<hgroup><h2>a</h2><p>b</p></hgroup>',
    '<nav><ul><li>a</li></ul></nav>',
    '<search>a</search>',
    '<ul><li><nav><ul><li>a</li></ul></nav></li></ul>',
  ])('are kept: %s', (markup) => {
    for (const name of ['article', 'markdown', 'email'] as const) expect(clean(markup, name)).toBe(markup);
  });

  it('are a page of their own only by name', () => {
    expect(clean('<main><p>a</p></main>')).toBe('<p>a</p>');
    const own = preset('article', { tags: ['main', 'p'] });
    expect(render(sanitize('<main><p>a</p></main>', own))).toBe('<main><p>a</p></main>');
  });

  it('hold no item that could be one of the page, in browsers that do not know <search> either', () => {
    expect(clean('<search><li>a</li></search>')).toBe('<search>a</search>');
    expect(clean('<ul><li>a<search><li>b</search></ul>')).toBe(
      '<ul><li>a<search></search></li><li>b</li></ul>',
    );
    expect(clean('<p>a<search>b</search>')).toBe('<p>a</p><search>b</search>');
  });
});

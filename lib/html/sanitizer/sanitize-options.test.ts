import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { render } from '../render.ts';
import { createSanitizer } from './create-sanitizer.ts';
import { preset } from './preset.ts';
import type { PresetName, PresetOptions } from './preset-type.ts';
import { sanitize, sanitizeWithReport } from './sanitize.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const rel = 'rel="nofollow noopener noreferrer ugc"';

function cleaner(base: PresetName, options: PresetOptions = {}): (markup: string) => string {
  const policy = preset(base, options);
  return (markup) => {
    const once = render(sanitize(markup, policy));
    expect(render(sanitize(once, policy))).toBe(once);
    return once;
  };
}

describe('classes', () => {
  const clean = cleaner('article', {
    classes: { code: ['language-*'], p: ['lead', /note-\d+/], '*': ['wide'] },
  });

  it('are kept by name, prefix and pattern', () => {
    expect(
      clean('<p class="lead note-12 wide">x</p><code class="language-ts">y</code><b class=wide>z</b>'),
    ).toBe('<p class="lead note-12 wide">x</p><code class="language-ts">y</code><b class="wide">z</b>');
  });

  it('are left out where no rule has them, one by one', () => {
    expect(clean('<p class="modal lead note-1x xnote-1 Lead">x</p><b class=lead>y</b>')).toBe(
      '<p class="lead">x</p><b>y</b>',
    );
    expect(clean(`<p class="note-${'1'.repeat(100)} lead">x</p>`)).toBe('<p class="lead">x</p>');
  });

  it('have patterns without a memory', () => {
    const pattern = cleaner('article', { classes: { p: [/a|b/gy] } });
    expect([1, 2, 3].map(() => pattern('<p class="a b ab">x</p>'))).toEqual(
      Array(3).fill('<p class="a b">x</p>'),
    );
  });
});

describe('ids', () => {
  const clean = cleaner('article', {
    attributes: { '*': ['id'], a: ['href'], td: ['headers'] },
    idPrefix: 'u-',
  });

  it('get the prefix once, and links to them too', () => {
    expect(clean('<h2 id=intro>x</h2><a href="#intro">y</a>')).toBe(
      `<h2 id="u-intro">x</h2><a href="#u-intro" ${rel}>y</a>`,
    );
    expect(clean('<table><tr><td headers="a u-b" id="\u00fc">x</table>')).toBe(
      '<table><tbody><tr><td headers="u-a u-b" id="u-\u00fc">x</td></tr></tbody></table>',
    );
  });

  it('leave other links, and the start of the page', () => {
    expect(clean('<a href="/x#intro">a</a><a href="#">b</a><a href="#top">c</a>')).toBe(
      `<a href="/x#intro" ${rel}>a</a><a href="#" ${rel}>b</a><a href="#top" ${rel}>c</a>`,
    );
  });

  it('cannot be a name of the page, nor markup', () => {
    for (const name of ['body', 'location', '__proto__', 'U-x', ' u-x', 'a b', 'x"><img>']) {
      expect(clean(`<p id='${name}' name='${name}'>x</p>`)).toMatch(/^<p(?: id="u-[^"<>\s]+")?>x<\/p>$/);
    }
  });
});

describe('links and images', () => {
  it('have the rel that the policy says', () => {
    const clean = cleaner('comment', { rel: ['nofollow'], protocols: ['https'] });
    expect(clean('<a href="https://x/" rel=opener target=_blank>a</a>')).toBe(
      '<a href="https://x/" rel="nofollow">a</a>',
    );
    expect(cleaner('comment', { rel: [] })('<a href="/x">a</a>')).toBe('<a href="/x">a</a>');
  });

  it('are proxied, and what the callback gives is looked at again', () => {
    const seen: string[] = [];
    const images = (url: string): string | undefined => {
      seen.push(url);
      if (url.startsWith('/image?')) return url;
      if (url.includes('bad')) return 'javascript:alert(1)';
      return url.includes('none') ? undefined : `/image?${encodeURIComponent(url)}`;
    };
    const clean = cleaner('article', { images });
    expect(clean('<img src=" https://x/a.png" alt="a">')).toBe(
      '<img src="/image?https%3A%2F%2Fx%2Fa.png" alt="a">',
    );
    expect(clean('<img src="/bad"><img src="/none"><img src="javascript:x()">b')).toBe('b');
    const bitmap = '<img src="data:image/png;base64,AA==">';
    expect(clean(bitmap)).toBe(bitmap);
    expect(seen).not.toContain('javascript:x()');
  });
});

describe('styles', () => {
  const clean = cleaner('email', { allowOverflow: true });
  const style = (value: string): string => clean(`<p style='${value.replaceAll("'", '&#39;')}'>x</p>`);

  it.each([
    ['COLOR: Red', 'color: red'],
    ['color:#FFF!important', 'color: #fff'],
    ['margin:0 auto;padding:1px 2px 3px 4px', 'margin: 0 auto; padding: 1px 2px 3px 4px'],
    ['/* a; */ color: red /* b */;', 'color: red'],
    [
      'font-family: "Segoe UI", Times New Roman, serif',
      'font-family: &#39;Segoe UI&#39;, &#39;Times New Roman&#39;, serif',
    ],
    ['color: rgb( 1 , 2,3 )', 'color: rgb(1 , 2,3)'],
    ['color:red;color:blue', 'color: blue'],
    ['mso-line-height-rule:exactly;line-height:150%', 'line-height: 150%'],
    ['background:url("a;b");color:red', 'color: red'],
  ])('%s is %s', (given, kept) => {
    expect(style(given)).toBe(`<p style="${kept}">x</p>`);
  });

  it.each([
    'position:fixed',
    'background:url(https://example.com/)',
    'background:#fff url(x)',
    'width:expression(alert(1))',
    'width:calc(1px + 1px)',
    'color:var(--x)',
    'color:\\72 ed',
    'margin:-10px',
    'top:0',
    'z-index:1',
    'behavior:url(x)',
    '@import "x"',
    'color:red}p{color:blue',
    'font-family:"a\\";position:fixed"',
    'font-family:"unclosed',
    'width:99999px',
    'color',
    ':red',
  ])('without %s', (given) => {
    expect(style(given)).toBe('<p>x</p>');
  });

  it('can be fewer', () => {
    const red = cleaner('article', { attributes: { span: ['style'] }, styles: ['color'] });
    expect(red('<span style="color:red;font-size:9px">x</span>')).toBe('<span style="color: red">x</span>');
  });
});

describe('a picture', () => {
  const clean = cleaner('svg');

  it('stands alone', () => {
    expect(clean('<?xml version="1.0"?><!DOCTYPE svg><p>a</p><svg><path d="M0 0"/></svg>b<svg></svg>')).toBe(
      '<svg><path d="M0 0"></path></svg>',
    );
    expect(clean('<p>no picture</p>')).toBe('');
  });

  it('names its own parts, and nothing of the page', () => {
    expect(clean('<svg><g id="a"/><use xlink:href="#a"/><use href="#b"/><use href="/x.svg#a"/></svg>')).toBe(
      '<svg><g id="svg-a"></g><use href="#svg-a"></use><use></use><use></use></svg>',
    );
    expect(clean('<svg><rect fill="url(#g)"/><rect fill="url(//e/#g)"/><linearGradient id="g"/></svg>')).toBe(
      '<svg><rect fill="url(#svg-g)"></rect><rect></rect><linearGradient id="svg-g"></linearGradient></svg>',
    );
    const own = cleaner('svg', { idPrefix: 'pic7-' });
    expect(own('<svg><g id="a"/></svg>')).toBe('<svg><g id="pic7-a"></g></svg>');
  });

  it('draws nothing ten billion times', () => {
    const level = (i: number): string => `<g id="l${i}">${`<use href="#l${i + 1}"/>`.repeat(10)}</g>`;
    expect(
      clean(`<svg>${Array.from({ length: 10 }, (_, i) => level(i)).join('')}<g id="l10"/></svg>`),
    ).not.toMatch(/href="#svg-l[0-9]"/);
    expect(clean('<svg><pattern id="a"><rect fill="url(#a)"/></pattern></svg>')).toBe(
      '<svg><pattern id="svg-a"><rect></rect></pattern></svg>',
    );
    expect(clean('<svg><linearGradient id="g"/><mask id="m"><rect fill="url(#g)"/></mask></svg>')).toContain(
      'fill="url(#svg-g)"',
    );
  });

  it('keeps what a link is around, and loses text that nothing shows', () => {
    expect(clean('<svg><a href="/x"><text>b</text></a>c</svg>')).toBe('<svg><text>b</text></svg>');
    expect(clean('<svg><title>a<b>x</b></title><text>&lt;</text></svg>')).toBe(
      '<svg><title>a</title><text>&lt;</text></svg>',
    );
  });
});

describe('a preset', () => {
  it.each<[string, PresetName, PresetOptions]>([
    ['an id without a prefix', 'article', { attributes: { p: ['id'] } }],
    ['a prefix without its hyphen', 'article', { idPrefix: 'x' }],
    ['an empty prefix', 'article', { idPrefix: '' }],
    ['a style without a list', 'article', { attributes: { p: ['style'] } }],
    ['a property that moves things', 'email', { styles: ['position'] }],
    ['a class with a star in it', 'article', { classes: { p: ['a*b'] } }],
    ['every class', 'article', { classes: { p: ['*'] } }],
    ['classes of a script', 'article', { classes: { script: ['a'] } }],
    ['another rel', 'article', { rel: ['me'] }],
    ['images that are no function', 'article', { images: '/x' as never }],
    ['an element that is no part of a picture', 'svg', { tags: ['svg', 'foreignObject'] }],
    ['attributes of a picture', 'svg', { attributes: { path: ['d'] } }],
    ['a picture in an article', 'article', { tags: ['svg'] }],
  ])('cannot allow %s', (_name, base, options) => {
    expect(() => preset(base, options)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });

  it('is not widened by a polluted prototype', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    try {
      Object.assign(polluted, {
        protocols: ['ftp'],
        tags: ['a'],
        rel: [],
        images: () => '/x',
        cache: 9,
        idPrefix: 'x-',
      });
      const own = preset('comment', {});
      expect({ rel: own.rel.length, images: own.images, idPrefix: own.idPrefix }).toEqual({
        rel: 4,
        images: undefined,
        idPrefix: undefined,
      });
      expect(render(sanitize('<a href="ftp://x/">a</a><b>b</b>', own))).toBe('a<b>b</b>');
      expect(createSanitizer('comment')('x')).not.toBe(createSanitizer('comment')('x'));
    } finally {
      for (const name of ['protocols', 'tags', 'rel', 'images', 'cache', 'idPrefix']) delete polluted[name];
    }
  });
});

describe('a report', () => {
  it('says what was left out, and where', () => {
    const { html, removed, more } = sanitizeWithReport(
      '<ul><li onclick="x()">a<a href="javascript:x()">b</a><script>c</script></li></ul><h1>d</h1>',
      'comment',
    );
    expect(render(html)).toBe('<ul><li>ab</li></ul>d');
    expect({ removed, more }).toEqual({
      more: 0,
      removed: [
        { kind: 'attribute', name: 'onclick', where: 'ul > li' },
        { kind: 'url', name: 'href', where: 'ul > li > a' },
        { kind: 'element', name: 'a', where: 'ul > li' },
        { kind: 'element', name: 'script', where: 'ul > li' },
        { kind: 'element', name: 'h1', where: '' },
      ],
    });
  });

  it('names classes, properties and references', () => {
    expect(sanitizeWithReport('<code class="a language-x">y</code>', 'markdown').removed).toEqual([
      { kind: 'class', name: 'a', where: 'code' },
    ]);
    expect(sanitizeWithReport('<p style="top:0;color:red">y</p>', 'email').removed).toEqual([
      { kind: 'style', name: 'top', where: 'p' },
    ]);
    expect(sanitizeWithReport('<svg><use href="//x#y"/></svg>', 'svg').removed).toEqual([
      { kind: 'reference', name: 'href', where: 'svg > use' },
    ]);
  });

  it('is empty where nothing was, and bounded where much was', () => {
    expect(sanitizeWithReport('<p>a</p>', 'comment')).toMatchObject({ removed: [], more: 0 });
    const much = sanitizeWithReport(`<${'x'.repeat(500)}>${'<font>a</font>'.repeat(150)}`, 'comment');
    expect(much.removed.length).toBe(100);
    expect({ more: much.more, name: much.removed[0]?.name.length }).toEqual({ more: 51, name: 64 });
  });
});

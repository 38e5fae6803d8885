import { attrs, resourceUrl, safeUrl } from 'bulwark/html';
import { type Case, use, wild } from './case.ts';

/** Components, URLs, and other places. */
export const usedPlaces: readonly Case[] = [
  // Components, microdata, templates.
  use('<my-card heading="~"><span slot="title">~</span>~</my-card>', ['h', 't', 'b'], {
    reads: { 'my-card @heading': 'h', 'my-card span #': 't', 'my-card #': 'tb' },
  }),
  use(
    '<my-card><template shadowrootmode="open"><style>p { color: red }</style><p>~</p><slot></slot></template>~</my-card>',
    ['in', 'out'],
    {
      reads: { 'my-card #': 'out', 'my-card $shadow': 'in' },
    },
  ),
  use('<template><li class="~">~</li></template>', ['a', '<b>'], {
    reads: { 'template $inner': '<li class="a">&lt;b&gt;</li>' },
  }),
  use(
    '<div itemscope itemtype="https://schema.org/Person"><span itemprop="name">~</span><meta itemprop="x" content="~"></div>',
    ['Bob', 'y'],
    {
      reads: { 'span #': 'Bob', 'meta @content': 'y' },
    },
  ),
  use(
    '<nav class="navbar"><button data-bs-toggle="collapse" data-bs-target="#n" aria-controls="n" aria-label="~">x</button><div class="collapse" id="n"><a class="nav-link ~" aria-current="page" href="/p/~">~</a></div></nav>',
    ['Menu', 'active', '1', 'One'],
    {
      reads: { 'a @class': 'nav-link active', 'a @href': '/p/1' },
    },
  ),
  use('<button popovertarget="p" popovertargetaction="toggle">x</button><div popover id="p">~</div>', ['x'], {
    reads: { 'div #': 'x' },
  }),
  use('<div hx-get="/rows?page=~" hx-target="#rows" hx-swap="outerHTML">~</div>', [2, 'x'], {
    reads: { 'div @hx-get': '/rows?page=2' },
  }),
  use(
    '<input ~>',
    () => [
      attrs({
        type: 'text',
        name: 'n',
        value: '"><b>',
        disabled: true,
        required: false,
        title: null,
        'data-x': 1,
        class: ['a', { b: true }],
      }),
    ],
    {
      reads: {
        'input @type': 'text',
        'input @value': '"><b>',
        'input @disabled': '',
        'input @required': null,
        'input @title': null,
        'input @class': 'a b',
        'input @data-x': '1',
      },
      like: null,
    },
  ),
  use(
    '<a class="x" ~ ~>y</a>',
    () => [attrs({ href: '/a', target: '_blank' }), attrs({ 'aria-label': 'l' })],
    {
      reads: { 'a @href': '/a', 'a @target': '_blank', 'a @aria-label': 'l' },
      like: null,
    },
  ),
  use('<p ~>x</p>', () => [attrs({})], { like: null, reads: { 'p #': 'x' } }),
  use('<p style="~">x</p>', () => [{ width: '40%', color: '#f00', marginTop: '1px' }], {
    like: null,
    reads: { 'p $width': '40%', 'p $color': 'rgb(255, 0, 0)' },
  }),
  use(
    '<p style="~">x</p>',
    () => [{ transform: 'translate(1px, 2px) rotate(3deg)', opacity: 0.5, 'z-index': 3 }],
    {
      like: null,
      events: [],
    },
  ),
  use(
    '<p style="~">x</p>',
    () => [{ width: 'calc(100% - 2px)', color: 'rgb(1 2 3 / 50%)', 'background-color': 'hsl(1deg, 2%, 3%)' }],
    {
      like: null,
      events: [],
    },
  ),
  use('<p style="~">x</p>', () => [{ width: false, color: null, height: undefined, margin: '0 auto' }], {
    like: null,
    events: [],
  }),
  use('<p style="~">x</p>', () => [wild(null)], { gives: '<p>x</p>', like: null }),
  // URLs.
  ...(
    [
      '',
      '#',
      '#top',
      '?a=b',
      '/',
      '/a/b',
      'a.html',
      './a',
      '../a',
      '//cdn.example/x',
      'http://a.example',
      'https://a.example/?q=javascript:alert(1)#javascript:',
      'HTTPS://A.example/',
      'mailto:a@b.example?subject=x',
      'MAILTO:a@b',
      'tel:+49-30-1',
      'https://ex\u00e4mple.example/\u00fc?\u00df#\u00f6',
      '/\u043f\u0440\u0438\u043c\u0435\u0440',
      'https://user:pw@a.example:8080/',
      'https://[::1]/',
      'http://127.0.0.1/',
      './javascript:alert(1)',
      '/javascript:alert(1)',
      '?javascript:alert(1)',
      '#javascript:alert(1)',
      'a/b:c',
      '1:2',
      'a%20b',
      'https://a.example/%zz',
      'a b',
      '&lt;',
      '&amp=1',
      'a"b\'c<d>',
      '%6aavascript:alert(1)',
      'https://a.example/a,b;c=d',
      '.',
      '..',
    ] as const
  ).map((url) => use('<a href="~">x</a>', [url], { reads: { 'a @href': url }, events: [] })),
  use('<a href="~">x</a>', () => [new URL('https://a.example/b?c=d&e')], {
    reads: { 'a @href': 'https://a.example/b?c=d&e' },
    like: null,
  }),
  use('<a href="~">x</a>', () => [safeUrl`sms:${'+49 1'}`], {
    reads: { 'a @href': 'sms:+49%201' },
    like: null,
  }),
  use('<a href="~">x</a>', () => [resourceUrl`/a/${'b/c'}`], {
    reads: { 'a @href': '/a/b%2Fc' },
    like: null,
  }),
  use('<a href="~">x</a>', [null], { gives: '<a>x</a>', like: null }),
  use('<a href="/s?q=~&page=~#~">x</a>', ['a&b=c #d', 2, 'x y'], {
    reads: { 'a @href': '/s?q=a%26b%3Dc%20%23d&page=2#x%20y' },
  }),
  use('<a href="/s?~">x</a>', () => [new URLSearchParams({ a: 'b&c', d: '\u00e9' })], {
    reads: { 'a @href': '/s?a=b%26c&d=%C3%A9' },
    like: null,
  }),
  use('<a href="/s?a=1&amp;~">x</a>', () => [new URLSearchParams({ b: '2' })], {
    reads: { 'a @href': '/s?a=1&b=2' },
    like: null,
  }),
  use('<a href="/?a=1&copy=~&lt=~">x</a>', [1, 2], { reads: { 'a @href': '/?a=1&copy=1&lt=2' } }),
  use('<a href="/?a=1&amp;b=~">x</a>', ['x'], { reads: { 'a @href': '/?a=1&b=x' } }),
  use('<a href="/u/~/edit">x</a>', ['\u00fc \u00f1/%'], {
    reads: { 'a @href': '/u/%C3%BC%20%C3%B1%2F%25/edit' },
  }),
  use('<a href="https://a.example/~">x</a>', ['b?c'], { reads: { 'a @href': 'https://a.example/b%3Fc' } }),
  use('<a href="mailto:~">x</a>', ['a@b.example'], {
    reads: { 'a $href': 'mailto:a@b.example' },
    like: null,
  }),
  use('<a href="tel:~">x</a>', ['+4930'], { reads: { 'a $href': 'tel:+4930' }, like: null }),
  use('<a href="#s-~">x</a>', ['1 2'], { reads: { 'a @href': '#s-1%202' } }),
  use('<a href="./~.html">x</a>', ['...'], { like: null }),
  use('<a href="~/edit">x</a>', ['/users/1'], { reads: { 'a @href': '/users/1/edit' } }),
  use('<a href="/~">x</a>', ['...'], { reads: { 'a @href': '/...' } }),
  use('<a href="/a/~">x</a>', [''], { reads: { 'a @href': '/a/' } }),
  use('<a href="/a/~">x</a>', ['.hidden'], { reads: { 'a @href': '/a/.hidden' } }),
  use('<a href="/v1.~">x</a>', ['2'], { reads: { 'a @href': '/v1.2' } }),
  use('<a href="https://~.example.com/">x</a>', ['shop'], {
    reads: { 'a @href': 'https://shop.example.com/' },
  }),
  // Other legitimate places.
  use('<html lang="~" dir="~"><body>~</body></html>', ['ar', 'rtl', 'x'], { reads: { 'html @dir': 'rtl' } }),
  use(
    '<link rel="alternate" hreflang="~" href="~"><link rel="next" href="/p/~"><link rel="prev" href="~">',
    ['de', '/de', 2, '/p/0'],
    {
      reads: { 'link[rel=next] @href': '/p/2', 'link @href': '/de' },
    },
  ),
  use(
    '<link rel="apple-touch-icon" sizes="180x180" href="/i/~.png"><link rel="shortcut icon" href="~">',
    ['a', '/f.ico'],
    {
      reads: { 'link @href': '/i/a.png' },
    },
  ),
  use('<meta name="theme-color" content="~"><meta name="csrf-token" content="~">', ['#fff', 'abc=='], {
    reads: { 'meta @content': '#fff' },
  }),
  use('<a href="/x" rel="~" target="~" hreflang="~">y</a>', ['nofollow noopener', '_blank', 'de'], {
    reads: { 'a @rel': 'nofollow noopener' },
  }),
  use('<meta name="theme-color" media="~" content="~">', ['(prefers-color-scheme: dark)', '#000'], {}),
  use('<iframe src="/f" allowfullscreen="~"></iframe>', [true], {
    like: null,
  }),
  use('<a href="~">x</a>', [' /a '], { reads: { 'a $pathname': '/a' }, like: null }),
  use('<ol start="~" reversed="~"><li value="~">x</ol>', [3, true, 9], {
    reads: { 'ol @start': '3', 'ol @reversed': '' },
  }),
  use(
    '<ruby>~<rp>(</rp><rt>~</rt></ruby><bdi>~</bdi><wbr><kbd>~</kbd>',
    ['\u6f22', 'kan', '\u05d0', 'Ctrl'],
    {
      reads: { 'bdi #': '\u05d0' },
    },
  ),
  use('<p>a<br>~<hr>~<img src="/a.png" alt="~"/></p>', ['1', '2', '3'], { reads: { 'img @alt': '3' } }),
  use('<code>~</code>', ['{{ y }} <%= z %> #{w}'], {
    reads: { 'code #': '{{ y }} <%= z %> #{w}' },
  }),
];

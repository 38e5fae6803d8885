import { resourceUrl, safeScript, safeStyle } from 'bulwark/html';
import { type Case, t, use } from './case.ts';

/** Images, frames, scripts, styles, graphics. */
export const usedMedia: readonly Case[] = [
  // Media.
  use('<img src="~" alt="~" width="~" height="~" loading="lazy">', ['/i.png', 'A "cat"', 10, 20], {
    reads: { 'img @src': '/i.png', 'img @alt': 'A "cat"', 'img @width': '10' },
  }),
  use('<img src="~" alt="">', ['data:image/png;base64,iVBORw0KGgo='], {
    reads: { 'img @src': 'data:image/png;base64,iVBORw0KGgo=' },
    events: [],
  }),
  use('<img src="~" alt="">', ['data:image/gif;base64,R0lGODlhAQABAAAAACw='], { events: [], like: null }),
  use('<img src="~" alt="">', ['data:image/webp;base64,UklGRg=='], { events: [], like: null }),
  use('<img src="~" alt="">', ['data:image/jpeg;base64,/9j/4AAQSkZJRg=='], { events: [], like: null }),
  use(
    '<picture><source type="image/webp" srcset="~" sizes="~"><img src="/a.png" srcset="/a-~.png 1x, /b-~.png 2x" alt=""></picture>',
    [
      [
        { url: '/w1.webp', width: 100 },
        { url: '/w2.webp', width: 200 },
      ],
      '(min-width: 10em) 50vw, 100vw',
      's',
      'b',
    ],
    {
      reads: {
        'source @srcset': '/w1.webp 100w, /w2.webp 200w',
        'source @sizes': '(min-width: 10em) 50vw, 100vw',
        'img @srcset': '/a-s.png 1x, /b-b.png 2x',
      },
      like: null,
    },
  ),
  use('<img srcset="~" alt="">', ['/a.png 1x, /b.png 2x'], {
    reads: { 'img @srcset': '/a.png 1x, /b.png 2x' },
    like: null,
  }),
  use('<img srcset="~" alt="">', [[{ url: '/a.png' }, { url: '/b.png', density: 1.5 }]], {
    reads: { 'img @srcset': '/a.png, /b.png 1.5x' },
    like: null,
  }),
  use(
    '<link rel="preload" as="image" href="/a.png" imagesrcset="~" imagesizes="50vw">',
    [[{ url: '/a.png', width: 5 }]],
    {
      reads: { 'link @imagesrcset': '/a.png 5w' },
      like: null,
    },
  ),
  use(
    '<video src="~" poster="~" controls="~"><track src="/t/~.vtt" kind="captions" srclang="~" label="~" default></video>',
    ['/v.mp4', '/p.png', true, 'en', 'en', 'English'],
    {
      reads: {
        'video @src': '/v.mp4',
        'video @poster': '/p.png',
        'track @src': '/t/en.vtt',
        'track @label': 'English',
      },
    },
  ),
  use('<audio><source src="~" type="audio/mpeg">~</audio>', ['/a.mp3', 'no audio'], {
    reads: { 'source @src': '/a.mp3', 'audio #': 'no audio' },
  }),
  use('<map name="m"><area shape="rect" coords="~" href="~" alt="~"></map>', ['0,0,1,1', '/a', 'a'], {
    reads: { 'area @coords': '0,0,1,1', 'area @href': '/a' },
  }),
  use(
    '<blockquote cite="~">~</blockquote><q cite="/q/~">x</q><del cite="~" datetime="~">d</del>',
    ['/c', 'x', '1', '/d', '2024'],
    {
      reads: { 'blockquote @cite': '/c', 'q @cite': '/q/1' },
    },
  ),
  use('<object data="/a.pdf" type="application/pdf"><p>~</p></object>', ['fallback'], {
    reads: { 'object p #': 'fallback' },
    like: null,
  }),
  use('<canvas width="~">~</canvas>', [5, 'f'], { reads: { 'canvas #': 'f' } }),
  // Frames, scripts, styles.
  use('<iframe src="~" title="~" width="~" loading="lazy"></iframe>', () => [resourceUrl`/frame`, 't', 5], {
    reads: { 'iframe @src': '/frame', 'iframe @title': 't' },
    like: null,
  }),
  use('<iframe srcdoc="~" sandbox></iframe>', () => [t('<p title="~">~</p>', '"&', '<b>')], {
    reads: { 'iframe @srcdoc': '<p title="&quot;&amp;">&lt;b&gt;</p>' },
    like: null,
  }),
  use(
    '<script src="~" defer async="~" crossorigin="anonymous"></script>',
    () => [resourceUrl`/assets/${'a b.js'}`, false],
    {
      reads: { 'script @src': '/assets/a%20b.js', 'script @async': null },
      like: null,
    },
  ),
  use('<script src="/a.js" data-domain="~" async></script>', ['example.com'], {
    reads: { 'script @data-domain': 'example.com' },
  }),
  use('<script>~</script>', () => [safeScript`globalThis.written = ${{ a: [1, '</script>'] }};`], {
    reads: { $written: { a: [1, '</script>'] } },
    like: null,
  }),
  use('<script>globalThis.written = ~; globalThis.more = [~, ~];</script>', [{ a: 1 }, 'b', null], {
    reads: { $written: { a: 1 }, $more: ['b', null] },
  }),
  use(
    '<script type="module">globalThis.written = f(~, {a: ~}); function f(a, b) { return [a, b]; }</script>',
    ['x', 5],
    {
      reads: { $written: ['x', { a: 5 }] },
    },
  ),
  use(
    '<script type="application/ld+json">~</script>',
    [{ '@context': 'https://schema.org', name: '</script><b>' }],
    {
      reads: { 'script $json': { '@context': 'https://schema.org', name: '</script><b>' } },
    },
  ),
  use(
    '<style>~</style><p style="~">x</p>',
    () => [safeStyle`p > b { margin: 0 }`, safeStyle`color: red; background: url("/b.png")`],
    {
      reads: { 'style #': 'p > b { margin: 0 }', 'p @style': 'color: red; background: url("/b.png")' },
      like: null,
    },
  ),
  use(
    '<style>p::before { content: "<b>" } @media (min-width: 1px) { a { color: red } }</style><p>~</p>',
    ['x'],
    {
      reads: { 'p #': 'x' },
    },
  ),
  use(
    '<script>if (a < 1 && b > 2) { f("</p>", `x`); } // it\'s\nfunction f() {}\nvar a, b;</script><p>~</p>',
    ['x'],
    {
      reads: { 'p #': 'x' },
    },
  ),
  use('<button onclick="this.hidden = true" data-id="~">x</button>', ['7'], {
    reads: { 'button @data-id': '7' },
  }),
  use('<noscript><p>Turn scripts on</p></noscript><p>~</p>', ['x'], {
    like: null,
    reads: { 'body > p #': 'x' },
  }),
  // Foreign content.
  use(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ~ 10" width="~" aria-hidden="true"><title>~</title><path d="~" fill="~"/><circle cx="~" cy="1" r="1"></circle><text x="1">~</text><linearGradient id="g"><stop offset="~"/></linearGradient></svg>',
    [10, 24, 'a < b & c', 'M0 0L10 10', 'red', 3, '<tspan>', '5%'],
    {
      reads: {
        'svg @viewBox': '0 0 10 10',
        'svg title #': 'a < b & c',
        'path @d': 'M0 0L10 10',
        'circle @cx': '3',
        'text #': '<tspan>',
        'stop @offset': '5%',
      },
    },
  ),
  use(
    '<svg>~</svg>',
    () => [[1, 2].map((n) => t('<circle cx="~" cy="~" r="1"><title>~</title></circle>', n, n, '<b>'))],
    {
      reads: { 'svg #': '<b><b>' },
      like: null,
    },
  ),
  use('<svg>~</svg>', () => [t('<path d="~"/>', 'M0 0')], { reads: { 'path @d': 'M0 0' }, like: null }),
  use('<svg class="~"><a href="~"><text>x</text></a></svg>', ['icon', '/a'], {
    reads: { 'svg a @href': '/a', 'svg @class': 'icon' },
  }),
  use('<svg><use href="#icon"></use></svg><p>~</p>', ['x'], { reads: { 'p #': 'x' } }),
  use('<svg><image href="~" width="1"></image></svg>', ['/a.png'], { reads: { 'image @href': '/a.png' } }),
  use('<math><mfrac><mi>~</mi><mn>~</mn></mfrac></math>', ['x<y', 2], {
    reads: { 'mi #': 'x<y', 'mn #': '2' },
  }),
  use('<p>~</p>', () => [t('<svg viewBox="0 0 1 1"><path d="~"/></svg>', 'M1 1')], {
    reads: { 'path @d': 'M1 1' },
    like: null,
  }),
];

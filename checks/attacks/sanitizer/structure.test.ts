import { configureEvents } from 'bulwark/event';
import { html, render, sanitize } from 'bulwark/html';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlace, type Place } from './browser.ts';
import { examine, type Item } from './examine.ts';
import { heavy } from './heavy.ts';

let place: Place;
beforeAll(async () => {
  configureEvents({ sinks: [{ name: 'nothing', write: () => undefined }] });
  place = await openPlace();
});
afterAll(async () => {
  await place.close();
});

interface Within {
  id: string;
  markup: string;
  open?: string;
}

/** Pages that put a sanitised text into a container of their own, marked by `here`. */
const pages: readonly Within[] = [
  ...[
    ['list item of a comment', 'a<li>b'],
    ['list item and links', '<li><a href="https://evil.test/">Moderator: log in again</a></li>'],
  ].map(([id = '', markup = '']) => ({
    id: `comments in a list, as documented: ${id}`,
    markup: render(html`<ul><li><div id="here">${sanitize(markup, 'comment')}</div></li></ul>`),
  })),
  ...['<dd>b', '<dt>b', 'a<dt>b<dd>c'].map((markup) => ({
    id: `description of an article: ${markup}`,
    markup: render(html`<dl><dd><div id="here">${sanitize(markup, 'article')}</div></dd></dl>`),
  })),
  ...[
    'a<p>b',
    '<ul><li>b</ul>',
    '<h2>a</h2>',
    '<a href=#x>b</a>',
    '<blockquote><p>b',
    'a</div></li></ul>b',
    '<pre>\n\na',
    '</p>a',
  ].map((markup) => ({
    id: `comments in a list, as documented: ${markup}`,
    markup: render(html`<ul><li><div id="here">${sanitize(markup, 'comment')}</div></li></ul>`),
  })),
  ...[
    'a<li>b',
    'a<dd>b<dt>c',
    '<td>a<tr>b',
    '<p>a<table><p>b',
    '<h1>a<h2>b',
    '<summary>a<details>b',
    '<rt>a<rp>b',
    '<caption>a<col>b',
  ].flatMap((markup) => [
    {
      id: `article: ${markup}`,
      markup: render(html`<article id="here">${sanitize(markup, 'article')}</article>`),
    },
    {
      id: `cell: ${markup}`,
      markup: render(
        html`<table><tbody><tr><td id="here">${sanitize(markup, 'email')}</td></tr></tbody></table>`,
      ),
    },
    {
      id: `quote in a list: ${markup}`,
      markup: render(
        html`<ul><li><blockquote id="here">${sanitize(markup, 'article')}</blockquote></li></ul>`,
      ),
    },
  ]),
];

test('a text stays within the flow content that it is put into', async () => {
  const got = await place.page.evaluate(
    (markups) =>
      markups.map((markup) => {
        const parsed = new DOMParser().parseFromString(`<body>${markup}<i id=end></i>`, 'text/html');
        const root = parsed.createElement('div');
        root.append(...parsed.body.childNodes);
        return root.innerHTML;
      }),
    pages.map(({ markup }) => markup),
  );
  const unexpected: unknown[] = [];
  pages.forEach(({ id, markup, open }, index) => {
    const kept = got[index] === `${markup}<i id="end"></i>`.replace('<pre>\n\n', '<pre>\n');
    if (kept === (open === undefined)) return;
    unexpected.push({ id, open, markup, got: got[index] });
  });
  expect(unexpected).toEqual([]);
});

test('the examination finds what should not be there', async () => {
  const rules = {
    tree: '',
    tags: ['p', 'a', 'img', 'svg', 'g', 'use', 'rect', 'input'],
    attributes: { '*': ['id', 'style', 'href', 'src', 'type'] },
    styles: ['color'],
    idPrefix: 'x-',
    picture: false,
    elsewhere: true,
  };
  const bad = [
    '<p onclick="a">a</p>',
    '<a href="java&#9;script:a">a</a>',
    '<img src="data:image/svg+xml,a">',
    '<p id="y">a</p>',
    '<p style="position:fixed">a</p>',
    '<p style="color:red;background:url(/a)">a</p>',
    '<b>a</b>',
    '<svg><g></g></svg>',
    '<input type="text">',
    '<p>a<p>b</p></p>',
  ];
  const items: Item[] = bad.map((markup) => ({ ...rules, id: markup, markup }));
  const chain = '<svg><g id="x-a"><use href="#x-b"></use></g><g id="x-b"></g><use href="#x-a"></use></svg>';
  items.push({ ...rules, id: chain, markup: chain, picture: true });
  const found = await place.page.evaluate(examine, items);
  const others = found.map(({ id, faults }) => [
    id,
    faults.filter((one) => !one.startsWith('place')).length > 0,
  ]);
  expect(others.filter(([, any]) => !any)).toEqual([['<p>a<p>b</p></p>', false]]);
  expect(found.every(({ faults }) => faults.some((one) => one.startsWith('place')))).toBe(true);
});

test('markup that is made to cost is sanitised or refused', () => {
  const wrong: unknown[] = [];
  for (const [id, { preset, markup }] of Object.entries(heavy(1 / 40))) {
    try {
      const once = render(sanitize(markup(), preset));
      if (once.length > 2_000_000) wrong.push([id, once.length]);
    } catch (error) {
      if ((error as { code?: string }).code !== 'html/markup-too-complex') wrong.push([id, String(error)]);
    }
  }
  expect(wrong).toEqual([]);
});

test('a polluted prototype changes no result', () => {
  const names = ['text', 'comment', 'article', 'markdown', 'email', 'svg'] as const;
  const markups = [
    '<p onclick=1 id=x class=y name=z style="color:red">a<script>1</script><img src=x onerror=1><a href="javascript:1" target=_blank>b</a><table><td>c</table>',
    '<p>tidy <b>b</b> <a href="/x">y</a></p><script>x</script><style>a</style><iframe></iframe><x-y onclick="1">z</x-y>',
    '<svg onload="1"><script>1</script><path d="M0 0" onclick="1"/><a href="x"/></svg>',
  ];
  const run = () => names.flatMap((name) => markups.map((markup) => render(sanitize(markup, name))));
  const want = run();
  const pollution: Record<string, unknown> = {
    tags: ['script'],
    attributes: { '*': ['onclick'] },
    onclick: true,
    script: true,
    p: ['onclick', 'id'],
    '*': ['onclick', 'onload'],
    a: ['target'],
    styles: ['position'],
    images: () => 'javascript:1',
    idPrefix: '',
    protocols: ['javascript'],
    classes: { '*': ['y'] },
    iframe: true,
    href: 'x',
    id: 'x',
    name: 'x',
    picture: false,
    rel: [],
    namespaceURI: 'x',
    attrs: [{ name: 'onclick', value: '1' }],
    childNodes: [],
    nodeName: 'script',
    scriptingEnabled: false,
    treeAdapter: {},
    javascript: true,
    svg: ['onload'],
    path: ['onclick'],
    length: 1,
    0: 'script',
    target: true,
    namespace: 'x',
    color: 'position',
    position: true,
    data: 'x',
  };
  const changed: string[] = [];
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  for (const [key, value] of Object.entries(pollution)) {
    prototype[key] = value;
    let got: string[] = [];
    try {
      got = run();
    } finally {
      delete prototype[key];
    }
    if (got.join('\n') !== want.join('\n')) changed.push(key);
  }
  expect(changed).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { expectInert } from './expect-inert.ts';

const escaped = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const json = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
/** Half of a pair is no character of a URL. */
const encoded = (value: string): string => encodeURIComponent(Buffer.from(value).toString());
/** The usual payloads of each kind: what gets out of a string, and what leads elsewhere. */
const payloads = [
  `";alert('XSS');//`,
  `');alert(1);//`,
  `');alert(1);('`,
  'https://evil.example/x',
  'data:text/javascript,alert(1)',
];

type Place = readonly [what: string, render: (value: string) => string];

const holes: readonly Place[] = [
  ['in a string of a script', (value) => `<script>var a="${value.replaceAll('<', '')}"</script>`],
  ['in a string of a handler', (value) => `<p onclick="go('${value.replace(/["<>]/g, '')}')">a</p>`],
  ['in a javascript: URL, escaped', (value) => `<a href="javascript:go('${escaped(value)}')">a</a>`],
  [
    'in a javascript: URL, as a part of a URL',
    (value) => `<a href="javascript:go('${encoded(value)}')">a</a>`,
  ],
  [
    'in a script in srcdoc',
    (value) => `<iframe srcdoc="${escaped(`<script>go('${value.replaceAll('<', '')}')</script>`)}"></iframe>`,
  ],
  ['as the source of a script', (value) => `<script src="${escaped(value)}"></script>`],
  [
    'as the source of a picture that is a script',
    (value) => `<svg><script href="${escaped(value)}" /></svg>`,
  ],
  ['as the base of all URLs', (value) => `<base href="${escaped(value)}">`],
  ['as a plugin', (value) => `<object data="${escaped(value)}"></object>`],
  ['as the place to go to', (value) => `<meta http-equiv="refresh" content="0; url='${escaped(value)}'">`],
  ['in an import map', (value) => `<script type="importmap">${json({ imports: { app: value } })}</script>`],
  ['as a module', (value) => `<script type="module">import(${json(value)})</script>`],
  [
    'in code in a string',
    (value) => `<script>setTimeout("go('${value.replace(/["<\\\n]/g, '')}')")</script>`,
  ],
];

describe('expectInert on code of the application', () => {
  it.each(holes)('is red where the value stands %s', async (_what, render) => {
    for (const markup of [false, true]) {
      const options = { payloads, markup };
      await expect(expectInert(render, options)).rejects.toThrow(/^XSS: a payload (?:changed|became)/);
    }
  });

  it('is red for what is shown in the page as a document', async () => {
    const render = (value: string): string => `<iframe src="${escaped(value)}"></iframe>`;
    await expect(expectInert(render, { payloads: ['//evil.example/'] })).rejects.toThrow(/changed the page/);
    const twice = (value: string): string => `<iframe srcdoc="${escaped(`<p>${value}</p>`)}"></iframe>`;
    await expect(expectInert(twice, { payloads: ['<i>a</i>'] })).rejects.toThrow(/changed the page/);
  });

  const fine: readonly Place[] = [
    ['in JSON in a script', (value) => `<script>go(${json(value)}, ${json(value.length)})</script>`],
    ['in a list', (value) => `<script>var a = ${json(value.split(','))}</script>`],
    ['in a handler', (value) => `<p onclick="${escaped(`go(${json(value)})`)}">a</p>`],
    ['in a URL of the page', (value) => `<script src="/a.js?b=${encoded(value)}"></script>`],
    ['in a frame', (value) => `<iframe src="/frame/${encoded(value)}"></iframe>`],
    ['in srcdoc', (value) => `<iframe srcdoc="${escaped(`<p>${escaped(value)}</p>`)}"></iframe>`],
    ['in a link', (value) => `<a href="/a?b=${encoded(value)}">a</a>`],
    [
      'in a template string',
      (value) =>
        `<script>var a = \`${value.replace(/[^a-z ]/gi, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)}\`</script>`,
    ],
  ];

  it.each(fine)('is green where the value stands %s, as it should', async (_what, render) => {
    await expectInert(render);
    await expectInert(render, { markup: true });
  });
});

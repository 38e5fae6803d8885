import { setTimeout as sleep } from 'node:timers/promises';
import { html, htmlResponse, render, renderToStream, sendHtml } from 'bulwark/html';
import { withRequest } from 'bulwark/request';
import { expect } from 'vitest';
import { t, wild } from './case.ts';
import { attackBy, type ProgramCase, useBy } from './program-case.ts';
import { codeOf } from './run-case.ts';
import { evil, failsWith, late, many, read, safe, served } from './stream-tools.ts';

/** Pages that wait, as they are written and sent. */
export const streamPrograms: readonly ProgramCase[] = [
  useBy('a promise of text', async () =>
    expect(await read(late('<p>~</p>', Promise.resolve('a<')))).toBe('<p>a&lt;</p>'),
  ),
  useBy('a promise of markup', async () =>
    expect(await read(late('<p>~</p>', Promise.resolve(t('<b>~</b>', '<'))))).toBe('<p><b>&lt;</b></p>'),
  ),
  useBy('a promise of a list of promises', async () =>
    expect(
      await read(late('<p>~</p>', Promise.resolve(['a', Promise.resolve('b'), [Promise.resolve(null), 1]]))),
    ).toBe('<p>ab1</p>'),
  ),
  useBy('an async iterable of text, numbers, markup and promises', async () =>
    expect(await read(late('<p>~</p>', many('a', 1, t('<b></b>'), Promise.resolve('<'), null, true)))).toBe(
      '<p>a1<b></b>&lt;</p>',
    ),
  ),
  useBy('a LateHtml within another', async () =>
    expect(await read(late('<p>~</p>', late('<b>~</b>', Promise.resolve('x'))))).toBe('<p><b>x</b></p>'),
  ),
  useBy('a promise of a LateHtml', async () =>
    expect(await read(late('<p>~</p>', Promise.resolve(late('<b>~</b>', many('x', 'y')))))).toBe(
      '<p><b>xy</b></p>',
    ),
  ),
  useBy('a page that waits for nothing', async () => expect(await read(t('<p>~</p>', 'x'))).toBe('<p>x</p>')),
  useBy('order is kept', async () =>
    expect(await read(late('~-~-~', sleep(10, 'a'), sleep(1, 'b'), 'c'))).toBe('a-b-c'),
  ),
  useBy('late markup in an svg', async () =>
    expect(await read(late('<svg>~</svg>', Promise.resolve(t('<circle r="~"></circle>', 1))))).toBe(
      '<svg><circle r="1"></circle></svg>',
    ),
  ),
  useBy('text in parts that are cut at surrogates', async () =>
    expect(
      await read(late('~~', Promise.resolve('\ud83d\ude00'.repeat(5)), many('\u00e9', '\u{1f600}'))),
    ).toBe(`${'\u{1f600}'.repeat(5)}\u00e9\u{1f600}`),
  ),
  useBy('htmlResponse says what it is', async () => {
    const response = htmlResponse(late('<p>~</p>', Promise.resolve('x')), {
      status: 404,
      headers: { 'x-a': 'b' },
    });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('x-a'),
      await response.text(),
    ]).toEqual([404, 'text/html; charset=utf-8', 'b', '<p>x</p>']);
  }),
  useBy('htmlResponse of a page that waits for nothing', async () =>
    expect(await htmlResponse(t('<p>~</p>', '<')).text()).toBe('<p>&lt;</p>'),
  ),
  useBy(
    'sendHtml over http',
    async () =>
      await served(
        (_, res) => void sendHtml(res, late('<p>~</p>', Promise.resolve('x'))),
        async (url) => {
          const response = await fetch(url);
          expect([response.headers.get('content-type'), await response.text()]).toEqual([
            'text/html; charset=utf-8',
            '<p>x</p>',
          ]);
        },
      ),
  ),
  useBy('what stands in front is sent while it is awaited', async () => {
    const reader = renderToStream(late('<p>first</p>~', sleep(5000, 'x', { ref: false }))).getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toBe('<p>first</p>');
    await reader.cancel();
  }),
  useBy('one nonce throughout a stream', async () => {
    const out = await withRequest(
      { method: 'GET' },
      async () =>
        await read(
          late(
            '<script>a()</script>~',
            sleep(2).then(() => t('<script>b()</script>')),
          ),
        ),
    );
    const all = out.match(/nonce="[^"]*"/g) ?? [];
    expect([all.length, all[0] === all[1]]).toEqual([2, true]);
  }),
  useBy('a stream without nonces', async () =>
    expect(
      await withRequest(
        { method: 'GET' },
        async () => await read(late('<script>a()</script>~', Promise.resolve(1)), { nonce: false }),
      ),
    ).not.toContain('nonce'),
  ),
  attackBy('a stream that is read in another request keeps the nonce of its own', async () => {
    const stream = await withRequest({ method: 'GET' }, () =>
      renderToStream(
        late(
          '<script>a()</script>~',
          sleep(2).then(() => t('<script>b()</script>')),
        ),
      ),
    );
    const out = await withRequest({ method: 'GET' }, async () => await new Response(stream).text());
    const all = out.match(/nonce="[^"]*"/g) ?? [];
    expect(all).toHaveLength(2);
    expect(all[0]).toBe(all[1]);
  }),
  attackBy('late text is escaped', async () =>
    expect(await read(late('<p>~~</p>', Promise.resolve(evil), many(evil, [evil])))).not.toContain('<img'),
  ),
  attackBy('a late string that looks like markup', async () =>
    expect(await read(late('~', many(evil)))).toContain(safe),
  ),
  attackBy('render of a page that waits', () =>
    expect(() => render(late('<p>~</p>', Promise.resolve(1)))).toThrow(
      expect.objectContaining({ code: 'html/late-value' }),
    ),
  ),
  ...[
    '<p title="~">x</p>',
    '<title>~</title>',
    '<textarea>~</textarea>',
    '<a href="~">x</a>',
    '<a href="/x/~">x</a>',
    '<p class="~">x</p>',
    '<p style="~">x</p>',
    '<input disabled="~">',
    '<iframe srcdoc="~"></iframe>',
    '<script src="~"></script>',
    '<script>~</script>',
    '<style>~</style>',
    '<p ~>x</p>',
    '<img srcset="~">',
  ].flatMap((template) => [
    attackBy(
      `a promise in ${template}`,
      async () => await failsWith(/^html\//, () => t(template, Promise.resolve('x'))),
    ),
    attackBy(
      `a LateHtml in ${template}`,
      async () => await failsWith(/^html\//, () => t(template, late('~', Promise.resolve('x')))),
    ),
    attackBy(
      `an async iterable in ${template}`,
      async () => await failsWith(/^html\//, () => t(template, many('x'))),
    ),
  ]),
  ...(
    [
      [{ x: 1 }, /^html\/not-text$/],
      [() => 1, /^html\/invalid-value$/],
      [Symbol('x'), /^html\/invalid-value$/],
      [new Date(), /^html\/invalid-value$/],
      [{ toString: () => evil }, /^html\//],
      [Object.create(t('<b></b>')), /^html\//],
      [new Proxy(t('<b></b>'), {}), /^html\//],
    ] as const
  ).flatMap(([value, code], index) => [
    attackBy(
      `a promise of what is no text, ${index}`,
      async () => await failsWith(code, async () => await read(late('<p>~</p>', Promise.resolve(value)))),
    ),
    attackBy(
      `an async iterable of what is no text, ${index}`,
      async () => await failsWith(code, async () => await read(late('<p>~</p>', many('a', value)))),
    ),
  ]),
  attackBy(
    'late markup that does not fit an svg',
    async () =>
      await failsWith(
        /^html\/foreign-content$/,
        async () => await read(late('<svg>~</svg>', Promise.resolve(t('<p>x</p>')))),
      ),
  ),
  attackBy(
    'later markup that does not fit an svg',
    async () =>
      await failsWith(
        /^html\/foreign-content$/,
        async () => await read(late('<svg>~</svg>', late('<g>~</g>', many([t('<g></g>'), t('<img>')])))),
      ),
  ),
  attackBy(
    'a LateHtml that fits an svg by its text, but not by what is late',
    async () =>
      await failsWith(
        /^html\/foreign-content$/,
        async () =>
          await read(
            late('<svg>~</svg>', late('~', Promise.resolve(late('~', Promise.resolve(t('<p>x</p>')))))),
          ),
      ),
  ),
  attackBy(
    'a LateHtml of HTML in an svg',
    async () =>
      await failsWith(/^html\/foreign-content$/, () =>
        t('<svg>~</svg>', late('<p>~</p>', Promise.resolve('x'))),
      ),
  ),
  attackBy('sendHtml of a string', async () => {
    await served(
      (_, res) =>
        void sendHtml(res, wild(evil)).catch((error) => {
          res.statusCode = 500;
          res.end(codeOf(error));
        }),
      async (url) => {
        expect(await (await fetch(url)).text()).toBe('html/not-safe-html');
      },
    );
  }),
  attackBy(
    'htmlResponse of a string',
    async () => await failsWith(/^html\/not-safe-html$/, () => htmlResponse(wild(evil))),
  ),
  attackBy(
    'renderToStream of an object',
    async () => await failsWith(/^html\/not-safe-html$/, async () => await read({ markup: evil })),
  ),
  attackBy('htmlResponse with another content type', async () => {
    const response = htmlResponse(t('<p>x</p>'), { headers: { 'Content-Type': 'text/html' } });
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  }),
  attackBy('an async iterable that is used in two places', async () => {
    const items = many('a', 'b');
    expect(await read(late('<p>~</p><p>~</p>', items, items))).toBe('<p>ab</p><p></p>');
  }),
  attackBy('two streams of one page', async () => {
    const page = late('<p>~</p>', Promise.resolve(evil));
    const [one, two] = await Promise.all([read(page), read(page)]);
    expect(one).toBe(two);
    expect(one).not.toContain('<img');
  }),
  attackBy('a late newline in a pre', async () =>
    expect(await read(late('<pre>~</pre>', Promise.resolve('\nx')))).toBe('<pre>\n\nx</pre>'),
  ),
  attackBy('late markup that ends in "&"', async () =>
    expect(await read(late('~~', Promise.resolve(t('R&')), Promise.resolve('lt;')))).not.toContain('&lt;'),
  ),
  attackBy('a hundred pages at once', async () => {
    const pages = await Promise.all(
      Array.from(
        { length: 100 },
        async (_, n) =>
          await withRequest(
            { method: 'GET' },
            async () =>
              await read(
                late(
                  '<script>a()</script>~~',
                  sleep(n % 7, `${n}`),
                  Promise.resolve(t('<script>b()</script>')),
                ),
              ),
          ),
      ),
    );
    const nonces = new Set(pages.flatMap((text) => text.match(/nonce="[^"]*"/g) ?? []));
    expect(nonces.size).toBe(100);
    pages.forEach((text, n) => void expect(text).toContain(`</script>${n}<script`));
  }),
  useBy('the tag takes a promise in a list', async () =>
    expect(await read(wild(html`<ul>${[Promise.resolve('a'), 'b']}</ul>`))).toBe('<ul>ab</ul>'),
  ),
];

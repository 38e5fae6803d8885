import { attrs, html, render, resourceUrl, safeScript } from 'bulwark/html';
import { trustedHtml, trustedScript, trustedUrl } from 'bulwark/unsafe/html';
import { expect } from 'vitest';
import { THEN, t, wild } from './case.ts';
import { attackBy, type ProgramCase, useBy } from './program-case.ts';
import { cpu, page, payload, polluted, refused } from './program-tools.ts';
import { codeOf } from './run-case.ts';

/** Objects that answer differently each time, and prototypes that were polluted. */
export const objectPrograms: readonly ProgramCase[] = [
  // Objects that answer differently each time.
  attackBy('an array whose element changes after it was read', () => {
    let reads = 0;
    const list: unknown[] = [];
    Object.defineProperty(list, 0, { get: () => (reads++ === 0 ? 'x' : payload), enumerable: true });
    expect(page('<p>~</p>', list)).not.toContain('<script>');
  }),
  attackBy('an array whose element becomes a SafeHtml-like', () => {
    let reads = 0;
    const list = new Proxy(['x'], {
      get: (of, key) =>
        key === '0' ? (reads++ % 2 ? { markup: payload } : t('<b></b>')) : Reflect.get(of, key),
    });
    let out = '';
    try {
      out = page('<p>~</p>', list);
    } catch (error) {
      expect(codeOf(error)).toMatch(/^html\//);
    }
    expect(out).not.toContain('<script>');
  }),
  attackBy('an array with its own iterator, map and join', () => {
    const list = Object.assign(['x'], {
      map: () => [payload],
      join: () => payload,
      [Symbol.iterator]: () => [t('<i></i>'), payload][Symbol.iterator](),
      toString: () => payload,
    });
    expect(page('<p>~</p>', list)).not.toContain('<script>');
  }),
  attackBy('a huge sparse array', () => {
    const started = cpu();
    const list: unknown[] = [];
    list.length = 200_000;
    try {
      page('<p>~</p>', list);
    } catch (error) {
      expect(codeOf(error)).toMatch(/^html\//);
    }
    expect(cpu() - started).toBeLessThan(4000);
  }),
  attackBy('a getter in a record of styles', () => {
    let reads = 0;
    const record = {
      get color() {
        reads += 1;
        return reads === 1 ? 'red' : 'red;background:url(/canary)';
      },
    };
    expect(page('<p style="~">x</p>', record)).not.toContain('canary');
  }),
  attackBy('a getter in attrs', () => {
    let reads = 0;
    const made = attrs({
      get href() {
        reads += 1;
        return reads === 1 ? '/x' : 'javascript:pwn()';
      },
    });
    expect([page('<a ~>x</a>', made), page('<a ~>x</a>', made)].join()).not.toContain('script:');
  }),
  attackBy('a record that changes after attrs', () => {
    const record: Record<string, unknown> = { title: 'x' };
    const made = attrs(record);
    record['onclick'] = 'pwn()';
    expect(page('<a ~>x</a>', made)).not.toContain('pwn');
  }),
  attackBy('attrs of a proxy that names what it does not have', () => {
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => ['onclick', 'title'],
        getOwnPropertyDescriptor: () => ({ value: 'pwn()', enumerable: true, configurable: true }),
        get: () => 'pwn()',
      },
    );
    let out = '';
    try {
      out = page('<a ~>x</a>', attrs(proxy));
    } catch (error) {
      expect(codeOf(error)).toMatch(/^html\//);
    }
    expect(out).not.toContain('onclick');
  }),
  attackBy('a getter in the candidates of a srcset', () => {
    let reads = 0;
    const out = page('<img srcset="~">', [
      {
        get url() {
          reads += 1;
          return reads === 1 ? '/a' : 'javascript:pwn()';
        },
      },
    ]);
    expect(out).not.toContain('script:');
  }),
  attackBy('a URL whose text changes', () => {
    let reads = 0;
    const url = new URL('https://a.example/');
    for (const name of ['href', 'toString', 'toJSON', 'protocol'])
      Object.defineProperty(
        url,
        name,
        name === 'href' || name === 'protocol'
          ? { get: () => (reads++ % 2 ? 'javascript:pwn()' : 'https://a.example/') }
          : { value: () => (reads++ % 2 ? 'javascript:pwn()' : 'https://a.example/') },
      );
    for (let turn = 0; turn < 4; turn += 1) expect(page('<a href="~">x</a>', url)).not.toContain('script:');
  }),
  attackBy('URLSearchParams with its own toString', () => {
    const params = Object.assign(new URLSearchParams(), { toString: () => payload });
    expect(page('<a href="/x?~">x</a>', params)).not.toContain('<script>');
  }),
  attackBy('a value that renders another page while it is read', () => {
    const made = {
      get color() {
        return page('<b title="~">~</b>', payload, payload) ? 'red' : '';
      },
    };
    expect(page('<p style="~" title="~">~</p>', made, '"', t('<i>~</i>', '<'))).toBe(
      '<p style="color:red" title="&quot;"><i>&lt;</i></p>',
    );
  }),
  attackBy('a JSON value that renders the same call site while it is written', () => {
    const once = (v: unknown): string => render(html`<script type="application/json">${v as never}</script>`);
    expect(once({ toJSON: () => once('x').length })).toBe(
      `<script type="application/json">${once('x').length}</script>`,
    );
  }),
  attackBy('a JSON value that throws', () => {
    expect(() =>
      page('<script>x = ~;</script>', {
        toJSON: () => {
          throw new RangeError('mine');
        },
      }),
    ).toThrow();
    expect(page('<p>~</p>', 'x')).toBe('<p>x</p>');
  }),
  // Prototype pollution before a page is made.
  ...[
    { nonce: 'x', signal: 'x', status: 500, headers: { a: 'b' } },
    { href: 'javascript:pwn()', url: 'javascript:pwn()', src: 'javascript:pwn()' },
    { onclick: 'pwn()', style: 'x', class: 'x', title: 'x' },
    { toJSON: 'x', [THEN]: 'x', markup: '<script>', html: '<script>', content: '<script>' },
    { fitsForeign: true, slotted: true, lates: ['x'], safe: true, trusted: true },
    { because: 'polluted for all objects' },
    { background: 'url(/canary)', color: 'url(/canary)' },
    { 12: payload, 13: payload, length: 2 },
    { raw: [payload], strings: [payload], holes: [], parts: [payload] },
    { type: 'x', name: 'x', kind: 'text', value: payload, place: 'x', decide: 'x', write: 'x', code: 'x' },
  ].map((names) =>
    attackBy(`pages with Object.prototype polluted: ${Object.keys(names).join(' ')}`, () => {
      let out = '';
      polluted(Object.prototype, names, () => {
        out = [
          page(
            '<p>~</p><a href="~" title="~" class="~" style="~">x</a>',
            '<',
            'javascript:pwn()',
            '"',
            [{ b: true }],
            { width: '1px' },
          ),
          page('<svg><text>~</text></svg>~', '<', t('<p>~</p>', ['<', null])),
          page('<script type="application/json">~</script><img srcset="~">', { a: 1 }, [
            { url: '/a', width: 1 },
          ]),
          page('<a ~>x</a><script>~</script>', attrs({ href: '/x' }), safeScript`f(${{ a: 1 }})`),
          page('<script src="~"></script>', resourceUrl`/a/${'b'}`),
        ].join('\n');
      });
      expect(out.split('\n')[0]).toBe(
        '<p>&lt;</p><a href="about:invalid#bulwark" title="&quot;" class="b" style="width:1px">x</a>',
      );
      expect(out.split('\n')[1]).toBe('<svg><text>&lt;</text></svg><p>&lt;</p>');
      expect(out).toContain('<img srcset="/a 1w">');
      expect(out).not.toMatch(/canary|onclick|<script>pwn|javascript:/);
    }),
  ),
  attackBy('a srcset whose candidates lack a URL that the prototype has', () =>
    polluted(Object.prototype, { url: 'javascript:pwn()' }, () =>
      expect(page('<img srcset="~">', [{ width: 1 }])).not.toContain('script:'),
    ),
  ),
  attackBy('a reason that the prototype has', () => {
    polluted(Object.prototype, { because: 'a reason that nobody gave' }, () =>
      refused('html/missing-reason', () => trustedHtml('<b>', wild({}))),
    );
  }),
  attackBy('Object.prototype polluted with an index', () =>
    polluted(Object.prototype, { 0: 'x' }, () =>
      expect(page('<a href="~">x</a>', 'javascript:pwn()')).toBe('<a href="about:invalid#bulwark">x</a>'),
    ),
  ),
  attackBy('Array.prototype polluted', () => {
    let out = '';
    polluted(Array.prototype, { 3: payload, toJSON: payload }, () => {
      out = page('<p class="~">~</p>', ['a'], ['b', 'c']);
    });
    expect(out).toBe('<p class="a">bc</p>');
  }),
  // Doors.
  attackBy('trustedHtml without a reason', () =>
    refused('html/missing-reason', () => trustedHtml('<b>', wild(undefined))),
  ),
  attackBy('trustedHtml with a short reason', () =>
    refused('html/missing-reason', () => trustedHtml('<b>', { because: 'x' })),
  ),
  attackBy('trustedHtml of an object', () =>
    refused('html/missing-reason', () => trustedHtml(wild({}), { because: 'a reason that is long enough' })),
  ),
  attackBy('trustedUrl without a reason', () =>
    refused('html/missing-reason', () => trustedUrl('x:y', wild({}))),
  ),
  attackBy('trustedScript without a reason', () =>
    refused('html/missing-reason', () => trustedScript('x', wild({}))),
  ),
  useBy('trustedHtml with a reason', () =>
    expect(page('<p>~</p>', trustedHtml('<b>&</b>', { because: 'Written for this case alone.' }))).toBe(
      '<p><b>&</b></p>',
    ),
  ),
];

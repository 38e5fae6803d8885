import { runInNewContext } from 'node:vm';
import { attrs, html, render, resourceUrl, safeScript, safeStyle, safeUrl } from 'bulwark/html';
import { expect } from 'vitest';
import { literal, t, wild } from './case.ts';
import { attackBy, type ProgramCase, useBy } from './program-case.ts';
import { call, capture, mid, page, payload, polluted, refused } from './program-tools.ts';
import { codeOf } from './run-case.ts';

/** The tags, called as functions, and values that look like those of a type. */
export const tagPrograms: readonly ProgramCase[] = [
  // The tag, called as a function.
  attackBy('html(string)', () => refused('html/not-a-template', () => call('<script>pwn()</script>'))),
  attackBy('html(array)', () => refused('html/not-a-template', () => call(['<script>pwn()</script>']))),
  attackBy('html(array with raw)', () => refused('html/not-a-template', () => call(mid, 'x'))),
  attackBy('html(JSON)', () =>
    refused('html/not-a-template', () => call(JSON.parse('{"0":"<b>","length":1,"raw":["<b>"]}'))),
  ),
  attackBy('html(frozen array with enumerable raw)', () =>
    refused('html/not-a-template', () => call(Object.freeze(Object.assign(['<b>'], { raw: ['<b>'] })))),
  ),
  attackBy('html(frozen array)', () => refused('html/not-a-template', () => call(Object.freeze(['<b>'])))),
  attackBy('html(array with inherited raw)', () =>
    polluted(Array.prototype, { raw: ['<b>'] }, () =>
      refused('html/not-a-template', () => call(Object.freeze(['<b>']))),
    ),
  ),
  attackBy('html(object with polluted raw)', () =>
    polluted(Object.prototype, { raw: ['<b>'], length: 1 }, () =>
      refused('html/not-a-template', () => call({ 0: '<b>' })),
    ),
  ),
  attackBy('html(proxy of a template)', () =>
    refused('html/not-a-template', () => call(new Proxy(Object.assign(['<b>'], { raw: ['<b>'] }), {}))),
  ),
  attackBy('html(nothing)', () => refused('html/not-a-template', () => call())),
  attackBy('html(null)', () => refused('html/not-a-template', () => call(null))),
  attackBy('html(SafeHtml)', () => refused('html/not-a-template', () => call(t('x')))),
  attackBy('fewer values than holes', () => {
    const strings = literal('<p title="~">~</p>')(capture as never, []) as unknown;
    let out = '';
    try {
      out = render(call(strings));
    } catch (error) {
      expect(codeOf(error)).toMatch(/^html\//);
    }
    expect(out).not.toContain('undefined');
  }),
  attackBy('more values than holes', () => {
    const strings = capture`<p>x</p>`;
    let out = '';
    try {
      out = render(call(strings, payload));
    } catch (error) {
      expect(codeOf(error)).toMatch(/^html\//);
    }
    expect(out).not.toContain('pwn');
  }),
  attackBy('a template with an invalid escape', () =>
    refused('html/*', () =>
      literal('x')(
        ((_s: unknown) => runInNewContext('(tag) => tag`<p>\\unicode $' + '{1}</p>`')(html)) as never,
        [],
      ),
    ),
  ),
  useBy('a template of another realm', () =>
    expect(render(runInNewContext('(tag, v) => tag`<p>$' + '{v}</p>`')(html, '<'))).toBe('<p>&lt;</p>'),
  ),
  useBy('the same call site, used again', () => {
    const once = (v: string): string => render(html`<p title="${v}">${v}</p>`);
    expect([once('<'), once('"'), once('<')]).toEqual([
      '<p title="&lt;">&lt;</p>',
      expect.stringContaining('title="'),
      '<p title="&lt;">&lt;</p>',
    ]);
  }),
  ...[safeUrl, resourceUrl, safeScript, safeStyle].flatMap((tag) => [
    attackBy(`${tag.name}(string)`, () =>
      refused('html/*', () => (tag as never as (s: unknown) => unknown)('javascript:pwn()')),
    ),
    attackBy(`${tag.name}(array)`, () =>
      refused('html/*', () => (tag as never as (s: unknown) => unknown)(['/x'])),
    ),
    attackBy(`${tag.name}(frozen array)`, () =>
      refused('html/*', () =>
        (tag as never as (s: unknown) => unknown)(Object.freeze(Object.assign(['/x'], { raw: ['/x'] }))),
      ),
    ),
  ]),
  // Things that look like SafeHtml.
  ...[
    ['a string', () => '<b>'],
    ['null', () => null],
    ['undefined', () => undefined],
    ['an object', () => ({ markup: '<b>' })],
    ['a copy', () => ({ ...t('<b>x</b>') })],
    ['an heir', () => Object.create(t('<b>x</b>'))],
    ['a proxy', () => new Proxy(t('<b>x</b>'), {})],
    ['an object with the prototype', () => Object.create(Object.getPrototypeOf(t('x')))],
    [
      'a structured clone',
      () => {
        try {
          return structuredClone(t('<b>x</b>'));
        } catch {
          return null;
        }
      },
    ],
    [
      'an object with everything that is on it',
      () => Object.create(Object.getPrototypeOf(t('x')), Object.getOwnPropertyDescriptors(t('<b>x</b>'))),
    ],
    ['an array', () => [t('x')]],
    ['a SafeScript', () => safeScript`x()`],
    ['attrs', () => attrs({ a: 1 })],
    [
      'an object of its constructor',
      () => {
        try {
          return new (
            t('x') as unknown as { constructor: new (m: string, b: boolean) => unknown }
          ).constructor('<script>pwn()</script>', true);
        } catch {
          return null;
        }
      },
    ],
  ].flatMap(([name, make]) => [
    attackBy(`render(${name})`, () =>
      refused('html/not-safe-html', () => render(wild((make as () => unknown)()))),
    ),
    attackBy(`${name} in element text`, () => {
      let out = '';
      try {
        out = page('<p>~</p>', (make as () => unknown)());
      } catch (error) {
        expect(codeOf(error)).toMatch(/^html\//);
      }
      if (name !== 'an array') expect(out).not.toMatch(/<b|<script/);
    }),
  ]),
  ...[
    ['+', (v: unknown) => `${'a'}${String(v)}`],
    ['a template', (v: unknown) => `${v}`],
    ['String()', (v: unknown) => String(v)],
    ['JSON', (v: unknown) => JSON.stringify({ v })],
    ['join', (v: unknown) => [v].join()],
    ['a comparison', (v: unknown) => (v as string) < 'a'],
    ['a key', (v: unknown) => ({})[v as string]],
    ['Number()', (v: unknown) => Number(v)],
    ['concat', (v: unknown) => 'a'.concat(v as string)],
  ].map(([name, run]) =>
    attackBy(`a SafeHtml becomes a string by ${name}`, () =>
      refused('html/implicit-string', () => (run as (v: unknown) => unknown)(t('<b>x</b>'))),
    ),
  ),
  ...[safeUrl`/x`, resourceUrl`/x`, safeScript`x()`, safeStyle`p {}`].map((value, index) =>
    attackBy(`a safe value of type ${index} becomes a string`, () =>
      refused('html/implicit-string', () => String(value)),
    ),
  ),
  useBy('a SafeHtml can be printed', async () => {
    const { inspect } = await import('node:util');
    expect(typeof inspect(t('<b>x</b>'))).toBe('string');
  }),
];

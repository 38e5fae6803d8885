import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DomSite, domVariants, startDomSite } from '../../checks/dom/dom-page.ts';
import { missing } from '../../checks/machine/missing.ts';
import { html, render } from '../html/index.ts';
import { legitimateTexts, xss } from '../testing/corpus/xss.ts';

const reason = missing('chromium');
const variant = domVariants[0] as (typeof domVariants)[number];

describe.skipIf(reason)(`readJson in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let site: DomSite;
  beforeAll(async () => {
    site = await startDomSite();
  });
  afterAll(() => site?.close());

  it('gives back what the html tag wrote', async () => {
    const values = [
      ...xss.map(({ payload }) => payload),
      ...legitimateTexts,
      1,
      null,
      true,
      { a: [{ b: 'x' }] },
    ];
    const page = await site.open(
      variant,
      render(html`<script type="application/json" id="data">${values}</script>`),
    );
    expect(await page.evaluate(() => window.bulwarkDom.readJson('data'))).toEqual(values);
    await page.close();
  });

  const script = '<script type="application/json" id="user">{"name":"Ann"}</script>';

  it.each([
    ['alone', script],
    ['behind an element of its id', `<div id="user">{"name":"Eve"}</div>${script}`],
    [
      'behind a form, and a script of svg',
      `<form id="user"></form><svg><script type="application/json" id="user">{}</script></svg>${script}`,
    ],
    ['behind a script of another type', `<script type="text/plain" id="user">{}</script>${script}`],
    [
      'in a page whose images shadow the document',
      `<img name="querySelectorAll"><img name="getElementById">${script}`,
    ],
  ])('reads the one script: %s', async (_name, body) => {
    const page = await site.open(variant, body);
    expect(await page.evaluate(() => window.bulwarkDom.readJson('user'))).toEqual({ name: 'Ann' });
    await page.close();
  });

  it.each([
    ['missing', '<p>x</p>'],
    ['not-a-script', '<div id="user">{"name":"Eve"}</div>'],
    ['not-a-script', '<form id="user" name="user"><input name="textContent" value="{}"></form>'],
    ['not-a-script', '<a id="user">{}</a><a id="user">{}</a>'],
    ['not-a-script', '<svg><script type="application/json" id="user">{}</script></svg>'],
    ['not-a-script', '<script type="text/plain" id="user">{}</script>'],
    ['missing', `<template>${script}</template>`],
    ['ambiguous', script + script],
    ['syntax', '<script type="application/json" id="user">{name:1}</script>'],
    ['syntax', '<script type="application/json" id="user"></script>'],
  ])('refuses with %s: %s', async (why, body) => {
    const page = await site.open(variant, body);
    const thrown = await page.evaluate(() => {
      try {
        return window.bulwarkDom.readJson('user');
      } catch (error) {
        const { name, code, hint, detail, message } = error as import('./dom-error.ts').DomRefusal;
        return { name, code, hint, detail, message };
      }
    });
    expect(thrown).toEqual({
      name: 'Refusal',
      code: 'dom/not-json',
      hint: 'See docs/refusals/dom/not-json.md.',
      detail: { id: 'user', reason: why },
      message: 'Bulwark refused data: dom/not-json.',
    });
    await page.close();
  });

  it('leaves out __proto__, however it is spelt, and takes any id', async () => {
    const page = await site.open(
      variant,
      '<script type="application/json" id="user">{"__proto__":{"admin":1},"a":{"\\u005f_proto__":{"admin":1},"b":"__proto__"},"__pr\\u006fto__":{"admin":1}}</script>' +
        '<script type="application/json" id="a&quot;]b">1</script>',
    );
    const read = await page.evaluate(() => [
      JSON.stringify(window.bulwarkDom.readJson('user')),
      window.bulwarkDom.readJson('a"]b'),
    ]);
    expect(read).toEqual(['{"a":{"b":"__proto__"}}', 1]);
    await page.close();
  });

  it('asks a Standard Schema', async () => {
    const page = await site.open(variant, script);
    const read = await page.evaluate(() => {
      const schema = (validate: (value: unknown) => never) => ({
        '~standard': { version: 1 as const, validate },
      });
      const { readJson } = window.bulwarkDom;
      return [
        readJson(
          'user',
          schema(() => ({ value: 'checked' }) as never),
        ),
        window.codeOf(() =>
          readJson(
            'user',
            schema(() => ({ issues: [{ message: 'x' }] }) as never),
          ),
        ),
        window.codeOf(() => readJson('user', schema((() => Promise.resolve({ value: 1 })) as never))),
      ];
    });
    expect(read).toEqual(['checked', 'dom/not-json', 'dom/invalid-option']);
    await page.close();
  });
});

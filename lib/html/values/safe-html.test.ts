import { describe, expect, it } from 'vitest';
import { html, render } from '../index.ts';
import { contentOf } from './safe-html.ts';

function refuses(code: string, use: () => unknown): void {
  expect(use).toThrow(expect.objectContaining({ code }));
}

describe('a safe value', () => {
  it('is no string, and does not become one by accident', () => {
    const safe = html`<p>x</p>`;
    refuses('html/implicit-string', () => `${safe}`);
    refuses('html/implicit-string', () => JSON.stringify({ safe }));
    expect(render(safe)).toBe('<p>x</p>');
  });

  it('cannot be forged by a copy, a prototype, JSON or its own constructor', () => {
    const safe = html`<b>x</b>`;
    const Type = safe.constructor as new () => object;
    for (const forged of [
      { ...safe },
      Object.create(safe),
      new Type(),
      JSON.parse('{"markup":"<b>"}'),
      '<b>',
      null,
    ]) {
      refuses('html/not-safe-html', () => render(forged));
    }
    expect(Object.isFrozen(safe)).toBe(true);
  });

  it('is recognised by another copy of bulwark', async () => {
    const another = './safe-html.ts?another';
    const copy = (await import(/* @vite-ignore */ another)) as typeof import('./safe-html.ts');
    expect(copy.contentOf).not.toBe(contentOf);
    expect(copy.contentOf(html`<b>x</b>`)).toMatchObject({ markup: '<b>x</b>' });
    expect(render(copy.trust('<i>x</i>', true))).toBe('<i>x</i>');
    expect(copy.contentOf({ ...html`<b>x</b>` })).toBeUndefined();
  });

  it('is made from template literals only', () => {
    const call = html as unknown as (...values: unknown[]) => unknown;
    refuses('html/not-a-template', () => call(['<b>']));
    refuses('html/not-a-template', () => call('<b>'));
    refuses('html/not-a-template', () => call(Object.assign(['<b>', ''], { raw: ['<b>', ''] }), 1));
    refuses('html/not-a-template', () => call(JSON.parse('{"0":"<b>","length":1,"raw":["<b>"]}')));
    const strings = ((taken: TemplateStringsArray, ..._values: unknown[]) => taken)`<b>${1}</b>`;
    refuses('html/not-a-template', () => call(strings));
    expect(render(call(strings, 1) as never)).toBe('<b>1</b>');
    refuses('html/not-a-template', () => call(strings, 1, 2));
  });
});

import { describe, expect, it } from 'vitest';
import { html, render } from '../../html/index.ts';
import { trustedHtml, trustedResourceUrl, trustedScript, trustedStyle, trustedUrl } from './index.ts';

describe('trustedHtml', () => {
  it('takes markup as it is, with a reason', () => {
    const logo = trustedHtml('<svg></svg>', { because: 'A constant of ours.' });
    expect(render(html`<h1>${logo}</h1>`)).toBe('<h1><svg></svg></h1>');
  });

  it.each([
    ['no reason', undefined],
    ['an empty reason', { because: '' }],
    ['a reason of white space', { because: ' '.repeat(20) }],
    ['a reason that says nothing', { because: 'ok' }],
    ['a reason that is no string', { because: ['a constant of ours'] }],
  ])('refuses %s', (_name, options) => {
    expect(() => trustedHtml('<b>', options as never)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'html/missing-reason' }),
    );
  });

  it('refuses a reason that only a prototype has', () => {
    expect(() => trustedHtml('<b>', Object.create({ because: 'A constant of ours.' }))).toThrow(
      expect.objectContaining({ code: 'html/missing-reason' }),
    );
  });

  it('refuses what is not a string', () => {
    expect(() => trustedHtml({} as never, { because: 'A constant of ours.' })).toThrow(
      expect.objectContaining({ code: 'html/missing-reason' }),
    );
  });

  it('stays out of a head and a table, unless it says that it fits there', () => {
    const because = 'The tags of our renderer.';
    const misplaced = expect.objectContaining({ code: 'html/misplaced-content' });
    const tags = '<meta name="a" content="b">';
    expect(() => html`<head>${trustedHtml(tags, { because })}</head>`).toThrow(misplaced);
    expect(() => html`<head>${trustedHtml(tags, { because, place: 'table' })}</head>`).toThrow(misplaced);
    expect(render(html`<head>${trustedHtml(tags, { because, place: 'head' })}</head>`)).toContain(tags);
    const row = '<tr><td>x</td></tr>';
    expect(() => html`<table>${trustedHtml(row, { because })}</table>`).toThrow(misplaced);
    expect(() => html`<table>${trustedHtml(row, { because, place: 'head' })}</table>`).toThrow(misplaced);
    expect(render(html`<table>${trustedHtml(row, { because, place: 'table' })}</table>`)).toContain(row);
    expect(render(html`<p>${trustedHtml(row, { because })}</p>`)).toContain(row);
    for (const place of ['body ', '__proto__', 1]) {
      expect(() => trustedHtml(row, { because, place: place as never })).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
    expect(
      () => html`<head>${trustedHtml(tags, Object.create({ because, place: 'head' }))}</head>`,
    ).toThrow();
  });

  it('stays out of attributes, and out of svg, whose rules it was not checked for', () => {
    const logo = trustedHtml('<b>x</b>', { because: 'A constant of ours.' });
    expect(() => html`<p title="${logo}">`).toThrow(
      expect.objectContaining({ code: 'html/markup-outside-text' }),
    );
    expect(() => html`<svg>${logo}</svg>`).toThrow(expect.objectContaining({ code: 'html/foreign-content' }));
  });
});

describe('each door', () => {
  it.each([
    ['trustedUrl', trustedUrl, '/a'],
    ['trustedResourceUrl', trustedResourceUrl, '/a'],
    ['trustedScript', trustedScript, 'a()'],
    ['trustedStyle', trustedStyle, 'p{}'],
  ] as const)('%s takes a string, and a reason', (_name, door, text) => {
    for (const options of [undefined, {}, { because: 'ok' }, { because: 1 }]) {
      expect(() => door(text, options as never)).toThrow(
        expect.objectContaining({ name: 'Misuse', code: 'html/missing-reason' }),
      );
    }
    expect(() => door(1 as never, { because: 'A constant of ours.' })).toThrow(
      expect.objectContaining({ code: 'html/missing-reason' }),
    );
    expect(door(text, { because: 'A constant of ours.' })).toBeDefined();
  });
});

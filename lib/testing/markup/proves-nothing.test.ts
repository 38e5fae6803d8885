import { describe, expect, it } from 'vitest';
import { expectInert } from './expect-inert.ts';

const escaped = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

describe('expectInert where nothing is proved', () => {
  it.each<[string, () => (value: string) => string]>([
    ['a page that does not show the value', () => () => '<h1>Shop</h1>'],
    ['a page that says that nothing was found', () => (value) => `<h1>${value.length > 0 ? 404 : ''}</h1>`],
    [
      'a check that no sample passes',
      () => (value) => (/^INV\/\d/.test(value) ? `<p>${value}</p>` : '<h1>400</h1>'),
    ],
    [
      'a JSON body whose fields are not known',
      () => (value) => {
        try {
          return `<p>${JSON.parse(value).name ?? ''}</p>`;
        } catch {
          return '<h1>400</h1>';
        }
      },
    ],
    [
      'a first page that is kept',
      () => {
        let kept: string | undefined;
        return (value) => {
          kept ??= `<p>${value}</p>`;
          return kept;
        };
      },
    ],
    [
      'a limit that is reached while it runs',
      () => {
        let calls = 0;
        return (value) => (++calls > 40 ? '<h1>429</h1>' : `<p>${value}</p>`);
      },
    ],
    [
      'a form that wants a token',
      () => () => {
        throw new Error('403 invalid csrf token');
      },
    ],
  ])('is red for %s, and says what to do', async (_what, make) => {
    await expect(expectInert(make())).rejects.toMatchObject({
      name: 'AssertionError',
      message: expect.stringMatching(/^This test proves nothing: [\s\S]*what to do: [\s\S]+/),
    });
  });

  it.each<[string, () => (value: string) => string]>([
    [
      'a list that grows',
      () => {
        const all: string[] = [];
        return (value) => {
          all.push(value);
          return `<p>${escaped(all.slice(-5).join(' '))}</p>`;
        };
      },
    ],
    [
      'a page that says how often it was seen',
      () => {
        let seen = 0;
        return (value) => `<p>${escaped(value)} ${++seen}</p>`;
      },
    ],
    ['a value in upper case', () => (value) => `<p>${escaped(value.toUpperCase())}</p>`],
    ['a number with separators', () => (value) => `<p>${Number(value).toLocaleString('de')}</p>`],
  ])('is green for %s', async (_what, make) => {
    await expectInert(make());
  });
});

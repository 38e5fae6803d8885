import { describe, expect, it } from 'vitest';
import { whereItStands } from './where-it-stands.ts';

const payload = '<img src=x onerror="alert(1)">';

const marked = (source: string, text = payload): string | undefined =>
  whereItStands(source, text)?.find((piece) => piece.marked)?.text;

describe('whereItStands', () => {
  it.each([
    ['as it is', `<p>${payload}</p>`, payload],
    [
      'as the browser writes its tree',
      '<p><img src="x" onerror="alert(1)"></p>',
      '<img src="x" onerror="alert(1)">',
    ],
    ['escaped', '<p>&lt;img src=x onerror="alert(1)"&gt;</p>', '&lt;img src=x onerror="alert(1)"&gt;'],
    [
      'escaped in an attribute',
      '<p title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;">',
      '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;',
    ],
    [
      'as JSON',
      '"\\u003cimg src=x onerror=\\"alert(1)\\"\\u003e"',
      '"\\u003cimg src=x onerror=\\"alert(1)\\"\\u003e"',
    ],
  ])('finds it %s', (_name, source, found) => {
    expect(marked(source)).toBe(found);
  });

  it('finds nothing where nothing of it is left', () => {
    expect(whereItStands('<p><img></p>', payload)).toBeUndefined();
    expect(whereItStands('', '')).toBeUndefined();
  });

  it('shows a little of what surrounds it', () => {
    const pieces = whereItStands(`${'a'.repeat(1000)}${payload}${'b'.repeat(1000)}`, payload);
    expect(pieces?.map(({ text }) => text).join('').length).toBeLessThan(400);
  });
});

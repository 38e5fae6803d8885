import { expect, it } from 'vitest';
import { templateCommentSigns } from './comment-signs.ts';

const signs = (text: string, path = 'a.html'): string[] =>
  templateCommentSigns(path, text, text.length).map(([open]) => open);

it.each([
  ['<p>', ['<!-- ']],
  ['<p ', []],
  ['<script>', ['// ']],
  ['<SCRIPT type="module">\nlet a = b > c;\n', ['// ']],
  ['<script>let a;</script>\n', ['<!-- ']],
  ['<script>a</script><script>\n', ['// ']],
  ['<scripts>', ['<!-- ']],
  ['{% if a %}\n', ['{# ']],
  // A tag that nothing closes is no script yet.
  ['<script src="a"\n', []],
])('takes the comments of the place behind %j', (text, expected) => {
  expect(signs(text)).toEqual(expected);
});

it('takes the comments of the engine by the ending of the name', () => {
  expect(signs('<script>', 'a.hbs')).toEqual(['{{! ']);
});

// With a pattern for the whole tag the time was quadratic: this took minutes.
it('reads a page of tags that nothing closes', () => {
  expect(signs('<script '.repeat(200_000))).toEqual([]);
});

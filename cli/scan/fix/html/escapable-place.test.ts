import { describe, expect, it } from 'vitest';
import { isEscapable, isInTextTag } from './escapable-place.ts';

describe('isInTextTag', () => {
  it.each(['<p ', '<p class="a" ', '<script>a</script><p hidden '])('%s', (before) =>
    expect(isInTextTag(before)).toBe(true),
  );
  it.each(['<style ', '<component :is="a" ', '<{{ a }} ', '<p title=', '<p>'])('not %s', (before) =>
    expect(isInTextTag(before)).toBe(false),
  );
});

describe('isEscapable', () => {
  it.each(['{{ a }}<b>', '<p {% if a %}hidden{% endif %} title="', '{#if a}<p>', '<h{{ n }}>', '<%# "<" %>'])(
    '%s',
    (before) => expect(isEscapable(before)).toBe(true),
  );
  it.each(['<', '<p ', '<p {{ a }}', '<p title=a', '<!-- ', '<SCRIPT>"', '<p ONCLICK="', '<style>{{ a }}'])(
    'not %s',
    (before) => expect(isEscapable(before)).toBe(false),
  );

  it('takes no quadratic time', () => {
    const start = performance.now();
    for (const piece of ['{{', '<%', '<a ', '<p title="', '<script>', '{#{%'])
      isEscapable(piece.repeat(200_000));
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { render } from '../render.ts';
import { canOverflow } from './clip-box.ts';
import { preset } from './preset.ts';
import type { PresetName, PresetOptions } from './preset-type.ts';
import { sanitize } from './sanitize.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const box = (markup: string): string =>
  `<div style="overflow-x: auto; overflow-y: hidden; max-width: 100%; min-height: min-content"><div>${markup}</div></div>`;
const clean = (markup: string, base: PresetName = 'email', options: PresetOptions = {}): string =>
  render(sanitize(markup, preset(base, options)));

describe('the box of sanitised mail', () => {
  it('is around all markup, and around no text alone', () => {
    expect(clean('<p>a</p>b')).toBe(box('<p>a</p>b'));
    expect(clean('a &amp; b')).toBe('a &amp; b');
    expect(clean('')).toBe('');
  });

  it('is there once, however often the mail is sanitised', () => {
    const deep = `${'<div>'.repeat(100)}x${'</div>'.repeat(100)}`;
    for (const markup of ['<p>a</p>', box('<p>a</p>'), box(box('<p>a</p>')), deep, '<br>'.repeat(99_999)]) {
      const once = clean(markup);
      expect(clean(once)).toBe(once);
    }
    expect(clean(deep)).toBe(box(deep));
    expect(clean(box('<p>a</p>'))).toBe(box('<p>a</p>'));
  });

  it('cannot be closed or forged', () => {
    const link = '<a href="/x" style="padding: 700px" rel="nofollow noopener noreferrer ugc">x</a>';
    expect(clean(`${box('a')}${link}`)).toMatch(
      /^<div style="overflow-x: auto; [^"]*"><div>.*<\/div><\/div>$/,
    );
    expect(clean(`${box('a')}${link}${box('b')}`)).toBe(
      box(`a${link}<div style="max-width: 100%"><div>b</div></div>`),
    );
    expect(clean(`</div></div></div>${link}`)).toBe(box(link));
  });

  it('is left out where a preset has no style that needs it, or says so', () => {
    const span = { attributes: { span: ['style'] } };
    const colored = '<span style="color: red">x</span>';
    expect(clean(colored, 'article', { ...span, styles: ['color', 'text-align'] })).toBe(colored);
    expect(clean(colored, 'article', { ...span, styles: ['color', 'padding'] })).toBe(box(colored));
    expect(clean(colored, 'email', { allowOverflow: true })).toBe(colored);
    expect(clean(colored, 'email', { allowOverflow: false })).toBe(box(colored));
    expect(() => preset('email', { allowOverflow: 'yes' as never })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it.each(['padding', 'width', 'font-size', 'float', 'display', 'direction', 'border', 'white-space'])(
    'is needed for %s',
    (name) => expect(canOverflow(['color', name])).toBe(true),
  );
});

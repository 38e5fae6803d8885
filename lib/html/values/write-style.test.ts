import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../../event/index.ts';
import { html, render, type SafeHtml } from '../index.ts';
import { styleProperties } from './style-table.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

afterAll(async () => {
  await recorder.close();
  configureEvents({ sinks: [] });
});

const unchecked = html as (strings: TemplateStringsArray, ...values: unknown[]) => SafeHtml;
const styled = (style: unknown): string =>
  render(unchecked`<p style="${style}">`).slice('<p style="'.length, -2);

describe('a style attribute', () => {
  it('takes a record of properties', () => {
    expect(
      styled({
        width: '40%',
        backgroundColor: '#fff',
        '--gap': '1rem',
        opacity: 0.5,
        color: null,
        top: false,
      }),
    ).toBe('width:40%;background-color:#fff;--gap:1rem;opacity:0.5');
    expect(styled({})).toBe('');
  });

  it.each([
    ['color', 'red'],
    ['color', '#a1B2c3'],
    ['color', 'rgb(1 2 3 / 50%)'],
    ['color', 'hsla(120deg, 50%, 50%, 0.3)'],
    ['color', 'color-mix(in srgb, red 20%, var(--x))'],
    ['width', 'calc(100% - (2 * var(--gap)))'],
    ['width', 'clamp(1rem, 2.5vw, 2rem)'],
    ['margin', '-1px auto 0 .5em'],
    ['font-family', '"Open Sans", Arial, sans-serif'],
    ['grid-template-columns', 'repeat(3, minmax(0, 1fr))'],
    ['transform', 'translate(-50%, 1e2px) rotate(45deg)'],
    ['border', '1px solid rebeccapurple'],
    ['aspect-ratio', '16 / 9'],
    ['--name', 'a-b_c'],
  ])('keeps %s: %s', (property, value) => {
    expect(styled({ [property]: value })).toBe(`${property}:${value.replaceAll('"', '&quot;')}`);
  });

  it.each([
    ['color', 'red;background:url(//evil.example)'],
    ['color', 'url(//evil.example)'],
    ['color', 'URL("x")'],
    ['color', 'image-set("x" 1x)'],
    ['color', 'expression(alert(1))'],
    ['color', 'attr(title)'],
    ['color', 'u\\72l(x)'],
    ['color', 'red/**/'],
    ['color', 'red}*{display:none'],
    ['color', 'red!important'],
    ['color', 'rgb(1,2,3'],
    ['color', 'red)'],
    ['color', '"a\nb"'],
    ['color', '"a\\"'],
    ['color', '"a'],
    ['color', '<!--'],
    ['color', '@import'],
    ['color', 'javascript:alert(1)'],
    ['color', ''],
    ['color', 'x'.repeat(2000)],
    ['background', 'red'],
    ['background-image', 'none'],
    ['position', 'fixed'],
    ['content', '"x"'],
    ['behavior', 'none'],
    ['-moz-binding', 'none'],
    ['width', { toString: () => '1px' }],
    ['width', ['1px']],
    ['width', JSON.parse('{"toString":1}')],
    ['width', true],
    ['--X;y', '1'],
    ['color:red;x', '1'],
    ['__proto__x', '1'],
    ['constructor', '1'],
  ])('leaves %s: %s out, with an event, and keeps the rest', async (property, value) => {
    await recorder.flush();
    events.length = 0;
    expect(styled({ width: '1px', [property]: value, height: '2px' }).replace('width:1px;', '')).toBe(
      'height:2px',
    );
    await recorder.flush();
    expect(events).toMatchObject([{ code: 'html/unsafe-style', action: 'blocked' }]);
  });

  it('takes no string, list or object of a class', () => {
    for (const value of ['color: red', '', 1, true, ['color'], new Map(), html`x`, new Date()]) {
      expect(() => styled(value)).toThrow(expect.objectContaining({ code: 'html/hole-in-style' }));
    }
    expect(styled(Object.create(null))).toBe('');
  });

  it('takes long values without a repetition in a repetition', () => {
    const dashes = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, i) => [`--a${i}`, '-'.repeat(1_000)]),
    );
    expect(styled({ ...dashes, width: 'calc(-1 * var(--x-y))' })).toContain('width:calc(-1 * var(--x-y))');
  });

  it('reads no property of a polluted prototype', () => {
    (Object.prototype as Record<string, unknown>)['color'] = 'red';
    try {
      expect(styled({ width: '1px' })).toBe('width:1px');
    } finally {
      delete (Object.prototype as Record<string, unknown>)['color'];
    }
  });

  it('allows the properties that the page lists', () => {
    const page = readFileSync(new URL('../../../docs/guards/html.md', import.meta.url), 'utf8');
    const listed = /and these:\n\n```text\n([^`]+)```/.exec(page)?.[1]?.trim().split(/\s+/);
    expect(listed).toEqual([...styleProperties].sort());
  });
});

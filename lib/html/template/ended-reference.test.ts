import { describe, expect, it } from 'vitest';
import { html, render } from '../index.ts';

const twice = (first: ReturnType<typeof html>, then: unknown): string =>
  render(html`${first}${then as string}`);

describe('the end of a template', () => {
  it('is the same whatever follows a reference without its semicolon', () => {
    expect(twice(html`R&`, 'lt;')).toBe('R&amp;lt;');
    expect(twice(html`&am`, 'p;')).toBe('&amp;amp;');
    expect(twice(html`&#`, 60)).toBe('&amp;#60');
    expect(twice(html`&#6`, 0)).toBe('\u00060');
    expect(twice(html`&not`, 'in;')).toBe('\u00acin;');
    expect(twice(html`&notx`, 'y')).toBe('\u00acxy');
    expect(twice(html`&lt`, 'b>')).toBe('&lt;b&gt;');
    expect(twice(html`${'x'}&`, 'lt;')).toBe('x&amp;lt;');
    expect(render(html`${html`&`}lt;`)).toBe('&amp;lt;');
  });

  it('is as it was written anywhere else', () => {
    expect(render(html`R&D <b>a&b</b> &copy; x`)).toBe('R&D <b>a&b</b> &copy; x');
    expect(render(html`${'&'}amp`)).toBe('&amp;amp');
  });

  it('keeps the line feed of what follows <pre>', () => {
    expect(twice(html`<pre>`, '\nx')).toBe('<pre>\n\nx');
    expect(twice(html`<listing class="a">`, '\nx')).toBe('<listing class="a">\n\nx');
    expect(twice(html`<pre> `, '\nx')).toBe('<pre> \nx');
    expect(render(html`<pre>a</pre>`)).toBe('<pre>a</pre>');
  });
});

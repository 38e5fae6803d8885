import { describe, expect, it } from 'vitest';
import { escape as escapeText } from './index.ts';

describe('escape', () => {
  it('is for element text and quoted attributes', () => {
    expect(escapeText(`<b title="x" id='y'>&`)).toBe('&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;');
    expect([
      escapeText(null),
      escapeText(undefined),
      escapeText(0),
      escapeText(false),
      escapeText('\0\r\ud800'),
    ]).toEqual(['', '', '0', 'false', '\ufffd&#13;\ufffd']);
  });

  it('trusts no object that says it is safe', () => {
    const forged = { toHTML: () => '<b>', toString: () => '<i>' };
    expect(escapeText(forged)).toBe('&lt;i&gt;');
  });
});

import { describe, expect, it } from 'vitest';
import { safeRedirect } from './index.ts';

const refused = expect.objectContaining({ code: 'redirect/unsafe-target' });

describe('options', () => {
  it.each([
    ...[
      { origins: 'https://a.example' },
      { origins: ['*'] },
      { origins: ['https://*.a.example'] },
      { origins: ['https://a.example/x'] },
    ],
    ...[
      { origins: [1] },
      { origins: ['javascript:'] },
      { fallback: '//a.example' },
      { fallback: 'https://a.example/' },
      { fallback: '' },
    ],
    ...[{ fallback: 1 }, { fallbak: '/' }, null, ['/']],
  ])('that make no sense are a mistake: %j', (options) => {
    expect(() => safeRedirect('/', options as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('are not read from a polluted prototype', () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    prototype['origins'] = ['https://evil.example'];
    prototype['fallback'] = '/polluted';
    try {
      expect(() => safeRedirect('https://evil.example/', {})).toThrow(refused);
    } finally {
      for (const name of ['origins', 'fallback']) delete prototype[name];
    }
  });
});

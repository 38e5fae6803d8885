import { describe, expect, it } from 'vitest';
import { sourceHash } from './source-hash.ts';

describe('sourceHash', () => {
  it('is the source of what stands between the tags', () => {
    // The first is the example of CSP3, 8.2.
    expect(sourceHash("alert('Hello, world.');")).toBe(
      "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
    );
    expect(sourceHash('', 'sha384')).toMatch(/^'sha384-[\w+/]{64}'$/);
    expect(sourceHash('', 'sha512')).toMatch(/^'sha512-[\w+/]{86}=='$/);
  });

  it('hashes line breaks as the parser of HTML leaves them', () => {
    expect(sourceHash('a\r\nb\rc')).toBe(sourceHash('a\nb\nc'));
    expect(sourceHash('a\nb')).not.toBe(sourceHash('a b'));
  });

  it('refuses what is no text, and weak algorithms', () => {
    for (const args of [[undefined], [1], ['x', 'sha1'], ['x', 'md5']]) {
      expect(() => (sourceHash as (...all: unknown[]) => string)(...args)).toThrow(
        expect.objectContaining({ name: 'Misuse', code: 'csp/invalid-directive' }),
      );
    }
  });
});

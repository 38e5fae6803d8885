import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapePattern, safePattern } from './index.ts';

describe('escapePattern', () => {
  const escapeNatively = (RegExp as unknown as { escape?: (text: string) => string }).escape;

  /** Every code unit, at the start and after a character that needs no escape. */
  function digest(escaping: (text: string) => string): string {
    const hash = createHash('sha256');
    for (let unit = 0; unit < 0x10000; unit++) {
      const character = String.fromCharCode(unit);
      hash.update(`${escaping(character)}\n${escaping(`_${character}`)}\n`);
    }
    return hash.digest('hex');
  }

  it('escapes every code unit as RegExp.escape of Node 24.21 does', () => {
    expect(digest(escapePattern)).toBe('7e14ed99536583915ef253481fed61bdfba426f0064d88baec7165d73097d0d0');
    if (escapeNatively !== undefined) expect(digest(escapeNatively)).toBe(digest(escapePattern));
  });

  it('leaves surrogate pairs and words alone', () => {
    expect(escapePattern('\u{1f600}')).toBe('\u{1f600}');
    expect(escapePattern('_gr\u00f6\u00dfe')).toBe('_gr\u00f6\u00dfe');
    expect(escapePattern('')).toBe('');
    expect(() => escapePattern(['a'] as never)).toThrow(TypeError);
  });

  it('makes a pattern that matches only the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.string({ unit: 'grapheme', maxLength: 5 }),
        (text, other) => {
          for (const flags of ['', 'u', 'v']) {
            const native = new RegExp(`^${escapePattern(text)}$`, flags);
            expect(native.test(text)).toBe(true);
            expect(native.test(text + other)).toBe(other === '');
          }
          expect(safePattern(escapePattern(text)).testWhole(text)).toBe(true);
          expect(new RegExp(`^\\c${escapePattern(`a${text}`)}`).test('\u0001')).toBe(false);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignoreRules } from './ignore-rules.ts';

describe('ignoreRules', () => {
  it.each([
    ['*.js', 'a/b.js', true],
    ['a/\n!a/b.js', 'a/b.js', true],
    ['*.js\n!b.js', 'a/b.js', false],
    ['# *.js\n\n', 'a/b.js', undefined],
    ['**/b.js', 'a/b.js', true],
    ['B.js', 'b.js', undefined],
  ])('%j on %s: %s', (text, path, said) => expect(ignoreRules(text).test(path)).toBe(said));

  it('leaves out patterns that would take long, and is quick with the rest', () => {
    const hostile = ['*a*a*a*a*a*a*b', '**/'.repeat(20), '?'.repeat(30), 'x'.repeat(5000), '*a*a*b'];
    const rules = ignoreRules(hostile.join('\n'));
    expect(rules.refused).toHaveLength(4);
    const start = process.cpuUsage();
    rules.test(`${'a'.repeat(255)}/${'a'.repeat(255)}`);
    expect(process.cpuUsage(start).user).toBeLessThan(500_000);
  });

  it('holds for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a*?[]!\\/-^$(){}# \n.') }), (text) => {
        ignoreRules(text).test('a/b.js');
      }),
    );
  });
});

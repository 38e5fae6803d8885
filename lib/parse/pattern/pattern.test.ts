import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costlyPatterns } from '../../../checks/parse/pattern-redos.ts';
import { configureEvents } from '../../event/index.ts';
import { estimateSize } from './estimate-size.ts';
import { safePattern } from './index.ts';
import { judgePattern } from './judge-pattern.ts';

configureEvents({ sinks: [] });
const refused = (code: string, detail: object) => expect.objectContaining({ name: 'Refusal', code, detail });

describe('a costly pattern', () => {
  // A backtracking engine would need more steps than there are atoms: this ends at all only because matching is linear.
  it.each(costlyPatterns)(
    'is matched in linear time: $pattern ($name)',
    ({ pattern, unit, end, flags = '' }) => {
      const repeated = (times: number): string => unit.repeat(times) + end;
      const compiled = safePattern(pattern, { flags });
      // Both engines agree on a short input, on which the native one ends.
      const native = new RegExp(pattern, `u${flags}`).exec(repeated(3));
      expect(compiled.match(repeated(3))?.text).toBe(native?.[0]);
      const long = repeated(Math.floor(9_980 / unit.length));
      expect(compiled.test(long)).toBe(compiled.match(long) !== undefined);
      expect(typeof compiled.testWhole(long)).toBe('boolean');
    },
  );

  it('hangs the native engine, which has to be killed', () => {
    const script = "/^(a+)+$/.test('a'.repeat(200) + '!')";
    const { signal } = spawnSync(process.execPath, ['-e', script], { timeout: 1_000, killSignal: 'SIGKILL' });
    expect(signal).toBe('SIGKILL');
  });
});

describe('a pattern that compiles to too much', () => {
  it.each([
    ['x{1000}'],
    ['(abcdefghij){1000}'],
    ['((x{30}){30}){1}y{100}'],
    ['a{0,1000}'.repeat(100)],
    [`(?:${'a'.repeat(900)}){1000}`],
    [`${'(?:'.repeat(9)}a${'){9}'.repeat(3)}${'){1}'.repeat(6)}b{900}`],
    ['[\\]a]{999}[^\\]]{9}'],
  ])('is refused: %s', (pattern) => {
    expect(() => safePattern(pattern)).toThrow(
      refused('parse/pattern-too-costly', { limit: 'maxInstructions', most: 1_000 }),
    );
  });

  it('is not compiled first', () => {
    expect(estimateSize(`(?:${'a'.repeat(900)}){1000}`)).toBeGreaterThan(900_000);
    expect(estimateSize('((a{10}){10}){10}')).toBe(1_000);
    expect(estimateSize('[{5}]{3}\\{{2}a{2,}b{,3}')).toBe(3 + 2 + 2 + 5);
  });

  it('has a neighbour that is accepted', () => {
    expect(safePattern('x{900}').test('x'.repeat(900))).toBe(true);
    expect(safePattern('x{1000}', { maxInstructions: 2_000 }).test('x'.repeat(1_000))).toBe(true);
  });
});

describe('what is too long', () => {
  it('is refused, as a pattern and as an input', () => {
    expect(safePattern('a'.repeat(900)).test('a')).toBe(false);
    expect(() => safePattern('a'.repeat(1_001))).toThrow(
      refused('parse/pattern-too-costly', { limit: 'maxLength', most: 1_000 }),
    );
    const pattern = safePattern('a$');
    expect(pattern.test('a'.repeat(10_000))).toBe(true);
    for (const method of [pattern.test, pattern.testWhole, pattern.match]) {
      expect(() => method('a'.repeat(10_001))).toThrow(
        refused('parse/pattern-too-costly', { limit: 'maxInputLength', most: 10_000 }),
      );
    }
  });

  it('is judged in linear time', () => {
    const limits = { maxLength: 100_000, maxInstructions: 100_000, maxInputLength: 1 };
    // Quadratic time would take minutes.
    for (const piece of ['[a', '[:a', '[^\\\\', 'a{1,', '(?:a|', '\\\\[', '[[:a:]', '(?<', '{1']) {
      for (const end of ['', '\\', ']', '(?=']) {
        const pattern = piece.repeat(Math.floor(99_990 / piece.length)) + end;
        expect(estimateSize(pattern)).toBeGreaterThan(0);
        expect(judgePattern(pattern, limits)).toHaveProperty('allow');
      }
    }
  });

  it('has at most 100 groups, because each step copies their positions', () => {
    expect(safePattern('(a*)'.repeat(100)).match('aaa')?.groups).toHaveLength(100);
    expect(() => safePattern('(a*)'.repeat(101))).toThrow(
      refused('parse/pattern-too-costly', { limit: 'groups', most: 100 }),
    );
    expect(safePattern('(?:a*)'.repeat(120)).test('aaa')).toBe(true);
  });

  it('does not overflow the stack', () => {
    expect(safePattern(`${'(?:b|'.repeat(150)}a${')'.repeat(150)}`).test('a')).toBe(true);
    const deep = `${'('.repeat(20_000)}a${')'.repeat(20_000)}`;
    expect(() => safePattern(deep, { maxLength: 100_000, maxInstructions: 100_000 })).toThrow(
      expect.objectContaining({ code: 'parse/invalid-pattern' }),
    );
  });
});

describe('syntax that is not supported', () => {
  it.each([
    ['(?=a)', 'lookahead'],
    ['a(?!b)', 'lookahead'],
    ['(?<=a)b', 'lookbehind'],
    ['(?<!a)b', 'lookbehind'],
    ['(a)\\1', 'a backreference'],
    ['(?<n>a)\\k<n>', 'a backreference'],
    ['\\Qa.b\\E', 'an unknown escape'],
    ['\\h', 'invalid escape sequence'],
    ['(?>a)', 'invalid or unsupported Perl syntax'],
    ['a++', 'invalid nested repetition operator'],
    ['a{1001}', 'invalid repeat count'],
    ['(a', 'missing closing )'],
    ['[a', 'missing closing ]'],
    ['*', 'missing argument to repetition operator'],
    ['a\ud800', 'half of a surrogate pair'],
    [['a'], 'not a string'],
  ])('is refused: %s', (pattern, reason) => {
    expect(() => safePattern(pattern as string)).toThrow(refused('parse/invalid-pattern', { reason }));
  });

  it('is text in a class or after a backslash', () => {
    expect(safePattern('[(?=a)]+').match('x(?=)')?.text).toBe('(?=)');
    expect(safePattern('\\(?=').test('(=')).toBe(true);
    expect(safePattern('[\\]](?:a)[^]](?:b)').test(']a[b')).toBe(true);
    expect(safePattern('\\\\1').test('\\1')).toBe(true);
  });

  it('does not hide behind a class that RE2 closes elsewhere', () => {
    for (const pattern of ['[]](?=a)', '[^]](?=a)', '[[:alpha:]](?=a)', '[\\]](?=a)', '[[](?=a)']) {
      expect(() => safePattern(pattern)).toThrow(expect.objectContaining({ code: 'parse/invalid-pattern' }));
    }
  });
});

describe('an ordinary pattern', () => {
  it.each([
    ['^[a-z0-9-]+$', 'my-page-1', '', 'my-page-1'],
    ['\\d{4}-\\d{2}-\\d{2}', 'on 2026-12-01.', '', '2026-12-01'],
    ['error|warn(ing)?', 'a WARNING', 'i', 'WARNING'],
    ['^b.c$', 'a\nb-c\nd', 'm', 'b-c'],
    ['a.b', 'a\nb', 's', 'a\nb'],
    ['\\bfoo\\b', 'a foo b', '', 'foo'],
    ['[^@\\s]+@[^@\\s]+\\.[a-z]{2,}', 'to ada@example.com', '', 'ada@example.com'],
    ['\\p{Greek}+', 'abc \u03b1\u03b2\u03b3', '', '\u03b1\u03b2\u03b3'],
    ['caf\\u00e9', 'le caf\u00e9', '', 'caf\u00e9'],
    ['\\ud83d\\ude00+', 'a\u{1f600}\u{1f600}', '', '\u{1f600}\u{1f600}'],
    ['\\u{1f600}', 'a\u{1f600}', '', '\u{1f600}'],
    ['.', '\u{1f600}', '', '\u{1f600}'],
    ['<[^>]*?>', '<b><i>', '', '<b>'],
    ['(?i)ada', 'ADA', '', 'ADA'],
    ['^/api/(users|orders)/\\d+$', '/api/users/17', '', '/api/users/17'],
    ['', 'a', '', ''],
  ])('%s finds its match', (pattern, input, flags, text) => {
    expect(safePattern(pattern, { flags }).match(input)?.text).toBe(text);
  });

  it('returns the groups and the position of the match', () => {
    expect(safePattern('(?<year>\\d{4})-(\\d\\d)(x)?').match('\u00e9 2024-07')).toEqual({
      ...{ text: '2024-07', index: 2, groups: ['2024', '07', null] },
      named: Object.assign(Object.create(null), { year: '2024' }),
    });
    expect(safePattern('(?P<__proto__>a)').match('a')?.named).toHaveProperty(['__proto__'], 'a');
    expect(safePattern('a').match('b')).toBeUndefined();
  });

  it('matches what the native engine matches', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '\\d',
      '\\w',
      '[ab]',
      '[^a]',
      '^',
      '$',
      '\\b',
      '(?:a|b)',
      '(ab)',
      '\u00e9',
      '1',
      '\\.',
      '\\n',
    );
    const counted = fc
      .tuple(atom, fc.constantFrom('', '*', '+', '?', '*?', '+?', '{2}', '{0,2}'))
      .map(([one, times]) => (/^[\^$]|\\b$/.test(one) ? one : one + times));
    const pattern = fc
      .array(
        fc.array(counted, { maxLength: 5 }).map((parts) => parts.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((parts) => parts.join('|'));
    const input = fc.string({
      unit: fc.constantFrom('a', 'b', '1', '\u00e9', '.', '\n', ' '),
      maxLength: 12,
    });
    fc.assert(
      fc.property(pattern, input, fc.constantFrom('', 'i', 'm', 's', 'ims'), (text, subject, flags) => {
        const native = new RegExp(text, `u${flags}`).exec(subject);
        const ours = safePattern(text, { flags });
        expect(ours.test(subject)).toBe(native !== null);
        expect(ours.match(subject)?.index).toBe(native?.index);
        expect(ours.match(subject)?.text).toBe(native?.[0]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('or any text leads to an answer or a refusal', () => {
    const piece = fc.constantFrom(...'()[]{}*+?|^$\\.-:<>=!,ab01PQEpkuLi'.split(''));
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: piece, maxLength: 40 }), fc.string({ unit: 'binary' })),
        (text) => {
          try {
            safePattern(text).match('aab(01)[]\\');
          } catch (error) {
            expect(error).toMatchObject({ name: 'Refusal' });
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('an input that is not a string', () => {
  it('is refused', () => {
    for (const input of [undefined, null, 1, ['a'], new Uint8Array([97])]) {
      expect(() => safePattern('a').test(input as never)).toThrow(
        expect.objectContaining({ code: 'parse/invalid-text' }),
      );
    }
  });
});

describe('invalid options', () => {
  it.each([
    { flags: 'g' },
    { flags: 'ii' },
    { flags: 1 },
    { maxLength: 0 },
    { maxInstructions: 1e6 },
    { flag: 'i' },
  ])('are a mistake: %j', (options) => {
    expect(() => safePattern('a', options as never)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' }),
    );
  });
});

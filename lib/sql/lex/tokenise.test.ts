import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nastyList, nastyText } from '../../../checks/sql-lex/nasty-text.ts';
import type { DialectName } from './dialect-name.ts';
import { readTemplate } from './read-template.ts';
import { type LexRules, type QuoteRule, rulesFor } from './rules.ts';
import { tokenise } from './tokenise.ts';

const short: Readonly<Record<string, string>> = { operator: 'op', placeholder: 'param', separator: 'sep' };

/** Kind and text of each token; `...` behind what is not closed. */
function show(text: string, rules: LexRules): string[] {
  return tokenise(text, rules).map(({ kind, start, end, closed }) => {
    return `${short[kind] ?? kind} ${text.slice(start, end)}${closed ? '' : '...'}`;
  });
}

describe('the tokens of a text', () => {
  it.each<[DialectName, string, string[]]>([
    ['postgres', "a1$='x'", ['word a1$', 'op =', "literal 'x'"]],
    ['postgres', "E'\\''u&'\\'n'a'", ["literal E'\\''", "literal u&'\\'", 'word n', "literal 'a'"]],
    ['postgres', 'a e', ['word a', 'word e']],
    ['postgres', "1e'\\''", ['number 1', "literal e'\\''"]],
    [
      'postgres',
      '0x1F 1_000 1.5e-3 .5 2a',
      ['number 0x1F', 'number 1_000', 'number 1.5e-3', 'number .5', 'number 2', 'word a'],
    ],
    ['postgres', '$1$$a$$$b$ $', ['param $1', 'literal $$a$$', 'literal $b$ $...']],
    ['postgres', '/* /* */ */1/* /* */', ['comment /* /* */ */', 'number 1', 'comment /* /* */...']],
    ['postgres', '1--a\r2--b', ['number 1', 'comment --a', 'number 2', 'comment --b...']],
    [
      'postgres',
      '? :a `\\`;\0',
      ['op ?', 'op :', 'word a', 'op `', 'unknown \\', 'op `', 'sep ;', 'hole \0'],
    ],
    ['mysql', '1--1-- 2', ['number 1', 'op -', 'op -', 'number 1', 'comment -- 2...']],
    [
      'mysql',
      '2nd 0x1F 1e5 1.e5 t.1a',
      ['word 2nd', 'number 0x1F', 'number 1e5', 'number 1.e5', 'word t', 'number .1', 'word a'],
    ],
    ['mysql', '\'\\\'\'"\\""`\\`?', ["literal '\\''", 'literal "\\""', 'name `\\`', 'param ?']],
    [
      'mysql',
      '/*!50000 1*/2*/ /*!3',
      ['comment /*!50000', 'number 1', 'comment */', 'number 2', 'op *', 'op /', 'comment /*!3...'],
    ],
    ['mysql', "@x'41''", ['op @', 'word x', "literal '41''..."]],
    ['mysql', "x'''", ["literal x''", "literal '..."]],
    ['mysql', "/*M!100100'*/'*/", ['comment /*M!100100', "literal '*/'", 'comment */']],
    [
      'mysql',
      '/*+ a */#b\rc\n@d:=1',
      ['comment /*+ a */', 'comment #b\rc', 'op @', 'word d', 'op :', 'op =', 'number 1'],
    ],
    ['sqlite', "[a'b]x'41'x y'", ["name [a'b]", "literal x'41'", 'word x', 'word y', "literal '..."]],
    [
      'sqlite',
      '?12 ?:a @b $c #1 ::',
      ['param ?12', 'param ?', 'param :a', 'param @b', 'param $c', 'param #1', 'op :', 'op :'],
    ],
    ['sqlite', "'\\'--a\rb\n\ufeffc\ufeffd", ["literal '\\'", 'comment --a\rb', 'word c\ufeffd']],
    ['sqlite', '/* a', ['comment /* a...']],
  ])('on %s: %s', (dialect, text, tokens) => {
    expect(show(text, rulesFor(dialect))).toEqual(tokens);
  });

  it('depend on the modes of a MySQL server', () => {
    const text = "'\\'\"a'\\\"";
    expect(show(text, rulesFor('mysql'))).toEqual(["literal '\\'\"a'", 'unknown \\', 'literal "...']);
    expect(show(text, rulesFor('mysql', { noBackslashEscapes: true }))).toEqual([
      "literal '\\'",
      'literal "a\'\\"',
    ]);
    expect(show(text, rulesFor('mysql', { ansiQuotes: true }))).toEqual([
      "literal '\\'\"a'",
      'unknown \\',
      'name "...',
    ]);
    expect(show(text, rulesFor('mysql', { noBackslashEscapes: true, ansiQuotes: true }))).toEqual([
      "literal '\\'",
      'name "a\'\\"',
    ]);
  });

  it.each(['postgres', 'mysql', 'sqlite'] as const)(
    'on %s cover any text but its white space, in order',
    (dialect) => {
      const any = fc.oneof(nastyText, nastyList, fc.string({ unit: 'binary' }));
      fc.assert(
        fc.property(any, (text) => {
          let last = 0;
          for (const { start, end } of tokenise(text, rulesFor(dialect))) {
            expect(text.slice(last, start).trim()).toBe('');
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(text.slice(last).trim()).toBe('');
          expect(last).toBeLessThanOrEqual(text.length);
        }),
        { numRuns: 1500, seed: 20260702 },
      );
    },
  );

  it('are found in time that grows with the length', () => {
    const long = [
      "'a'\n",
      "E'a' -- b\n",
      '$a$ ',
      '$$a$$',
      '/*! ',
      '/* ',
      '-- a\n',
      '"',
      '1e',
      "x'",
      '\\',
      "''",
      '@:',
      '*/',
    ];
    for (const dialect of ['postgres', 'mysql', 'sqlite'] as const) {
      for (const piece of long) {
        const text = piece.repeat(50_000);
        expect(tokenise(text, rulesFor(dialect)).length).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

/** PostgreSQL with standard_conforming_strings off. */
function oldStrings(): LexRules {
  const rules = rulesFor('postgres');
  const quotes = new Map([
    ...rules.quotes,
    ["'", { ...(rules.quotes.get("'") as QuoteRule), backslash: true }],
  ]);
  return { ...rules, quotes };
}

describe('a template that is accepted', () => {
  it.each<[string, DialectName, readonly LexRules[]]>([
    [
      'in every mode of MySQL',
      'mysql',
      [
        rulesFor('mysql', { noBackslashEscapes: true }),
        rulesFor('mysql', { ansiQuotes: true }),
        rulesFor('mysql', { noBackslashEscapes: true, ansiQuotes: true }),
      ],
    ],
    ['on PostgreSQL with and without standard_conforming_strings', 'postgres', [oldStrings()]],
  ])('has its tokens at the same places %s', (_, dialect, others) => {
    const edges = (text: string, rules: LexRules): string =>
      tokenise(text, rules)
        .map(({ start, end }) => `${start}-${end}`)
        .join(' ');
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(nastyList, nastyText), (text) => {
        try {
          readTemplate(text, dialect);
        } catch {
          return;
        }
        accepted++;
        const expected = edges(text, rulesFor(dialect));
        for (const rules of others) expect(edges(text, rules)).toBe(expected);
      }),
      { numRuns: 5000, seed: 20260703 },
    );
    expect(accepted).toBeGreaterThan(500);
  });
});

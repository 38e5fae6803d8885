import fc from 'fast-check';

const opening = [
  "'",
  "'",
  '"',
  '`',
  '[',
  '$$',
  '$a$',
  '/*',
  '--',
  '-- ',
  '#',
  '/*! ',
  '/*!50000 ',
  '/*M! ',
  '/*+',
];
const closing = [
  "'",
  "'",
  '"',
  '`',
  ']',
  '*/',
  '*/',
  '\n',
  '\r',
  '\r\n',
  "''",
  '""',
  "\\'",
  '\\"',
  '\\\\',
  '\\',
  '\\`',
];
const continuing = ["E'a'\n'", "' -- a\n'", "'\n'", "'\r-- b\n '", "' '", "'/* c */\n'"];
const prefixes = [
  'E',
  'e',
  'U&',
  'x',
  'b',
  'N',
  '_utf8mb4',
  'ae',
  '1e',
  '@',
  ':',
  '$',
  '?',
  '$1',
  '::',
  ':a(',
];
const whole = [
  "'a'",
  "'it''s'",
  '"a"',
  '`a`',
  '[a]',
  "E'\\''",
  '/* a */',
  '-- a\n',
  "x'41'",
  'U&"a"',
  '(',
  ')',
  '{',
  '}',
];
const between = [' ', ' ', ' ', ', ', ', ', ', ', ' + ', '-', '/', '*', ' - ', ';', '\t', '.', '=', '|'];
const words = [
  'mk1',
  'mk2',
  'mk3',
  ' mk4 ',
  ' mk5 ',
  '1',
  '2',
  '\u00e9',
  '\u4e2d',
  '\ufeff',
  '\u{1f600}',
  '$',
  '_',
];

/** SQL text of the pieces that scanners treat in ways of their own, as often as not well-formed. */
export const nastyText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...opening,
      ...closing,
      ...continuing,
      ...prefixes,
      ...whole,
      ...between,
      ...between,
      ...words,
    ),
    {
      minLength: 1,
      maxLength: 14,
    },
  )
  .map((pieces) => pieces.join(''));

/** An expression list that a server takes at least the start of, with nasty text in its items. */
export const nastyList: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...whole.slice(0, 4),
        '1',
        '2 + 3',
        '/* x */ 1',
        '1 -- x\n',
        "'a' 'b'",
        "'a'\n'b'",
        "E'a'\n'\\''",
      ),
      fc
        .tuple(
          fc.constantFrom(
            "'",
            '"',
            '`',
            "E'",
            "x'",
            "n'",
            "_utf8mb4'",
            '[',
            '$$',
            '1 /*',
            '1 -- ',
            '1 #',
            '1 --',
          ),
          fc.array(fc.constantFrom(...opening, ...closing, ...continuing, 'mk6', 'a', ' ', '\u4e2d'), {
            maxLength: 5,
          }),
          fc.constantFrom("'", '"', '`', ']', '$$', '*/', '\n', ''),
        )
        .map(([open, inside, close]) => open + inside.join('') + close),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((items) => items.join(', '));

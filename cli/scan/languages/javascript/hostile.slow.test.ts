import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyIr } from '../../ir/verify-ir.ts';
import { isDeeplyNested } from './parse/nesting.ts';
import { readJavascript } from './parse/read-javascript.ts';

const count = 10_000;
const times = (text: string, n = count): string => text.repeat(n);
const each = (make: (i: number) => string, n = count): string =>
  Array.from({ length: n }, (_, i) => make(i)).join('');

/** What would overflow the stack of a native parser, which ends the process. */
const deep: readonly (readonly [string, string])[] = [
  ['parentheses', `${times('(')}1${times(')')}`],
  ['open parentheses', times('(')],
  ['arrays', `${times('[')}${times(']')}`],
  ['open arrays and objects', times('[{')],
  ['blocks', `${times('{')}${times('}')}`],
  ['objects', `${times('({a:')}1${times('})')}`],
  ['patterns', `let ${times('[')}a${times(']')} = 1`],
  ['functions', `${times('function f(){')}${times('}')}`],
  ['classes', `${times('class A{a=')}1${times('}')}`],
  ['arrow functions', `${times('a=>')}1`],
  ['arrow functions in parentheses', times('(a=>')],
  ['conditionals', `${times('a?b:')}c`],
  ['else if', `${times('if(a);else ')};`],
  ['else if behind comments', `${times('if(a){}/**/else/**/ ')};`],
  ['if', `${times('if(a)')};`],
  ['for', `${times('for(;;)')};`],
  ['do', `${times('do ')};${times('while(a);')}`],
  ['labels', `${times('a:')};`],
  ['assignments', `${times('a=')}1`],
  ['templates', `${times('`${')}1${times('}`')}`],
  ['elements', `${times('<a>')}${times('</a>')}`],
  ['type arguments', `let x: ${times('A<')}B${times('>')}`],
  ['conditional types', `type A = ${times('B extends C?D:')}E`],
  ['closers in strings', `${times('(")",')}1`],
  ['closers in comments', `${times('(/*)*/')}1`],
  ['closers in regular expressions', `${times('(/[)]/,')}1`],
  ['a quote in a regular expression', `if(x)/"/;${times('(')}`],
  ['a quote in an element', `<a>'</a>;${times('(')}`],
  ['a backtick in a template', `\`\${"\`"}\`;${times('(')}`],
  ['a regular expression behind a block', `{}/"/;${times('(")",')}1`],
];

test.each(deep)('%s are not given to the native parser, and do not end the process', (_, text) => {
  expect(isDeeplyNested(text)).toBe(true);
  for (const path of ['a.tsx', 'a.js']) {
    const module = readJavascript(path, text);
    expect(module.problems).toHaveLength(1);
    expect(verifyIr(module)).toEqual([]);
  }
});

const long: readonly (readonly [string, string])[] = [
  ['a text of many parts', `x = ${times('"a" + b + ', 10_000)}c`],
  ['a chain of members', `a${times('.b', 2000)}`],
  ['a chain of calls', `p${times('.then(a => b)', 500)}`],
  ['a chain of else if', `${times('if (a) { b(); } else ', 300)}{}`],
  ['prefixes', `${times('!', 900)}a`],
  ['a sequence', `${times('a, ')}b`],
  ['one line of 1 MB', `var a = "${times('x', 1_000_000)}"; f(a);`],
  ['one line of 1 MB of calls', times('f(a.b,[c]);', 90_000)],
  [
    'cases',
    `switch (a) {${each((i) => `case ${i}: v${i} = 1; break;`)}} var ${each((i) => `v${i},`)} w; f(${each((i) => `v${i},`)} w);`,
  ],
  ['variables and branches', each((i) => `var v${i} = f(v${i}); if (a) v${i} = 2;`)],
  ['statements in a try', `var a; try {${times('a = f();')}} catch { g(a); }`],
  ['continues', `var x; for (;;) {${times('if (x) continue; x = f(x);', 3000)}}`],
  ['exports', each((i) => `exports.a${i} = exports.b${i};`)],
  ['closures', `var a = 1; ${times('f(() => a++);')}`],
];

test.each(long)('%s: the time and the module stay in proportion', (_, text) => {
  const module = readJavascript('a.js', text);
  const size = module.functions.reduce((sum, it) => sum + it.code.length, 0);
  expect(size).toBeLessThan(text.length + 1000);
  expect(verifyIr(module)).toEqual([]);
});

test('what is nested too deeply for the lowering is unknown, and is told once', () => {
  const module = readJavascript('a.js', `f(a); x = ${times('!', 900)}a; y = ${times('!', 900)}a; g(b);`);
  expect(module.problems).toEqual([
    { at: expect.any(Number), message: 'The code is nested too deeply here.' },
  ]);
  expect(module.functions[0]?.code.filter((it) => it.op === 'call')).toHaveLength(2);
});

test.each(['"abc', '`abc', '/* abc', '/abc', '`${', '<a', 'class', 'import {', '\0', '\ud800', '\ufeff', ''])(
  'unterminated and odd text does no harm: %j',
  (text) => {
    for (const path of ['a.ts', 'a.js']) {
      expect(verifyIr(readJavascript(path, text))).toEqual([]);
      expect(verifyIr(readJavascript(path, times(text, 3000)))).toEqual([]);
    }
  },
);

test('ordinary code is not taken for deeply nested', () => {
  const lines = [
    'const a = require("a")',
    'if (a) { b({ c: [1, 2], d: () => e }) } else if (f) { g(/[(]/, "(") }',
    'export const h = i ? j : k',
    'm.n(o).p(`q r s`)',
  ];
  expect(isDeeplyNested(times(`${lines.join('\n')}\n`, 100))).toBe(false);
  expect(isDeeplyNested(times(`${lines.join(';\n')};\n`, 1000))).toBe(false);
});

test('no text makes it throw or break an invariant', () => {
  const token = fc.constantFrom(
    ...[
      'a',
      'b',
      '1',
      '"s"',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ';',
      ',',
      '.',
      '=',
      '=>',
      '?',
      ':',
      '+',
      '`',
      '${',
      '/',
    ],
    ...[
      'if',
      'for',
      'of',
      'while',
      'try',
      'catch',
      'finally',
      'class',
      'extends',
      'static',
      'function',
      'async',
    ],
    ...[
      'await',
      'yield',
      'return',
      'break',
      'continue',
      'switch',
      'case',
      'default',
      'export',
      'import',
      'const',
    ],
    ...['this', 'super', 'new', '...', '#a', '@a', '<', '>', '&&', '||', '??', '!', '\n', 'exports', 'throw'],
  );
  fc.assert(
    fc.property(
      fc.array(token, { maxLength: 60 }),
      fc.constantFrom('a.ts', 'a.tsx', 'a.js'),
      (tokens, path) => {
        expect(verifyIr(readJavascript(path, tokens.join(' ')))).toEqual([]);
      },
    ),
    { numRuns: 1000, seed: 1 },
  );
});

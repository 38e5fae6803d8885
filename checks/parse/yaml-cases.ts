export interface YamlCase {
  readonly text: string;
  /** The code that refuses it, after `parse/`. */
  readonly code: string;
  readonly why: string;
}

const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]'];
for (let i = 1; i < 9; i++) {
  const [name, before] = ['abcdefghi'[i], 'abcdefghi'[i - 1]];
  laughs.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
}

export const hostileYaml: readonly YamlCase[] = [
  {
    text: '!!js/function "function () { return 1 }"',
    code: 'not-allowed',
    why: 'CVE-2013-4660: js-yaml ran it',
  },
  { text: 'a: !!js/regexp /a/', code: 'not-allowed', why: 'js-yaml 3' },
  { text: 'toString: !!js/undefined ""', code: 'not-allowed', why: 'js-yaml 3' },
  { text: '!!python/object/apply:os.system ["id"]', code: 'not-allowed', why: 'CVE-2017-18342, PyYAML' },
  { text: '--- !ruby/object:Gem::Installer\ni: x', code: 'not-allowed', why: 'CVE-2013-0156, Rails' },
  { text: 'a: !!binary aGVsbG8=', code: 'not-allowed', why: 'not of the core schema' },
  { text: '!!set {a, b}', code: 'not-allowed', why: 'not of the core schema' },
  { text: '!!omap [a: 1]', code: 'not-allowed', why: 'not of the core schema' },
  { text: '!!timestamp 2001-01-01', code: 'not-allowed', why: 'not of the core schema' },
  { text: '! a', code: 'not-allowed', why: 'a non-specific tag' },
  { text: '!own a', code: 'not-allowed', why: 'a local tag' },
  { text: '!!own {a: 1}', code: 'not-allowed', why: 'a tag of a mapping' },
  { text: '? !own a\n: 1', code: 'not-allowed', why: 'a tag of a key' },
  { text: '!<tag:yaml.org,2002:js/function> a', code: 'not-allowed', why: 'a verbatim tag' },
  { text: '%TAG !! tag:example.com,2000:\n---\na: !!str b', code: 'not-allowed', why: 'renames tags' },
  { text: '%YAML 1.1\n---\na: no', code: 'not-allowed', why: 'makes false of no' },
  { text: 'a: 1\n...\n%YAML 1.1\n---\nb: no', code: 'not-allowed', why: 'the same for a later document' },
  {
    text: laughs.join('\n'),
    code: 'too-many',
    why: 'CVE-2003-1564, billion laughs; CVE-2019-11253, Kubernetes',
  },
  { text: `a: ${']'.repeat(900_000)}`, code: 'invalid-syntax', why: 'an error for each character' },
  { text: `[${'}'.repeat(900_000)}`, code: 'invalid-syntax', why: 'an error for each character of a list' },
  { text: 'a: 1 # x\rb: 2', code: 'invalid-syntax', why: 'other parsers read b behind the comment' },
  { text: 'a: |\n  x\rb: 2', code: 'invalid-syntax', why: 'other parsers read b behind the text' },
  { text: 'a: "\u0001"', code: 'invalid-syntax', why: 'not printable, section 5.1' },
  { text: 'a: "\0"', code: 'invalid-syntax', why: 'a NUL that no escape writes' },
  { text: 'a: 1 # x\u0085b: 2', code: 'not-allowed', why: 'PyYAML reads b behind the comment' },
  { text: '- a\u2028- b', code: 'not-allowed', why: 'PyYAML reads two items' },
  { text: `a: &a x\nb: [${'*a, '.repeat(101)}]`, code: 'too-many', why: '101 aliases' },
  { text: '&a [*a]', code: 'not-allowed', why: 'a cycle' },
  { text: '&a {b: {c: *a}}', code: 'not-allowed', why: 'a cycle' },
  { text: '&a {b: [x, *a, *a]}', code: 'not-allowed', why: 'a cycle' },
  { text: '*a', code: 'invalid-syntax', why: 'an alias of nothing' },
  { text: 'a: *b\nb: &b 1', code: 'invalid-syntax', why: 'an alias before its anchor' },
  {
    text: 'a: &a {x: 1}\nb: {<<: *a}',
    code: 'not-allowed',
    why: 'a merge key: YAML 1.2 reads a key named <<',
  },
  { text: 'a: 1\na: 2', code: 'duplicate-key', why: 'CWE-436' },
  { text: 'a: 1\n"\\x61": 2', code: 'duplicate-key', why: 'spelt with an escape' },
  { text: '1: a\n"1": b', code: 'duplicate-key', why: 'a number and a string that become one name' },
  { text: '{a: 1, b: {c: 1, c: 2}}', code: 'duplicate-key', why: 'inside' },
  { text: '__proto__: {isAdmin: true}', code: 'dangerous-key', why: 'CVE-2025-64718, js-yaml; CWE-1321' },
  { text: '"__pr\\x6fto__": {isAdmin: true}', code: 'dangerous-key', why: 'spelt with an escape' },
  { text: 'a: [{constructor: {prototype: {b: 1}}}]', code: 'dangerous-key', why: 'CWE-1321' },
  { text: '? [a, b]\n: c', code: 'not-allowed', why: 'a key that is not a scalar' },
  { text: '{[a]: b}', code: 'not-allowed', why: 'a key that is not a scalar' },
  { text: 'a: &x b\n*x : c', code: 'not-allowed', why: 'an alias as a key' },
  { text: ': a', code: 'not-allowed', why: 'an empty key' },
  { text: '[? ]', code: 'not-allowed', why: 'an empty key' },
  { text: 'a\n---\nb', code: 'not-allowed', why: 'two documents' },
  { text: '['.repeat(50_000), code: 'too-deep', why: 'CVE-2026-33532: stack overflow' },
  { text: '{a: '.repeat(50_000), code: 'too-deep', why: 'stack overflow' },
  { text: '- '.repeat(50_000), code: 'too-deep', why: 'stack overflow' },
  { text: '? '.repeat(50_000), code: 'too-deep', why: 'stack overflow' },
  {
    text: Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    code: 'too-deep',
    why: '200 levels',
  },
  { text: `[${'a,'.repeat(40_001)}]`, code: 'too-many', why: 'more parts than values are allowed' },
  { text: `[${'a,'.repeat(20_000)}]`, code: 'too-many', why: 'more values than are allowed' },
  { text: '1e400', code: 'invalid-number', why: 'overflows to infinity' },
  { text: `1${'0'.repeat(50)}`, code: 'invalid-number', why: '51 digits' },
  { text: `0x${'f'.repeat(5_000)}`, code: 'invalid-number', why: '5,000 digits' },
  { text: '"\\ud800"', code: 'invalid-text', why: 'half a surrogate pair' },
  { text: '"\\uDFFF": 1', code: 'invalid-text', why: 'half a surrogate pair in a key' },
  { text: `a: ${'x'.repeat(1_000_000)}`, code: 'too-large', why: 'maxBytes' },
  ...[
    '[a',
    '{a: 1',
    'a: b: c',
    '"a',
    "'a",
    'a:\n\t- b',
    '@a',
    '`a`',
    '%a',
    '"\\q"',
    '- a\nb: c',
    '[a]]',
    'a: |x\n b',
    '!!int a',
  ].map((text) => ({
    ...{ text, code: text === '%a' ? 'not-allowed' : 'invalid-syntax', why: 'no YAML' },
  })),
];

export const ordinaryYaml: readonly (readonly [string, unknown])[] = [
  ['', null],
  ['# only a comment', null],
  ['---\na: 1\n...', { a: 1 }],
  ['%YAML 1.2\n---\na: 1', { a: 1 }],
  ['\ufeffa: 1', { a: 1 }],
  [
    'countries: [no, se, on, off, yes, NO, y, n]',
    { countries: ['no', 'se', 'on', 'off', 'yes', 'NO', 'y', 'n'] },
  ],
  [
    'time: 1:30\nversion: 1.10\nport: 8080\nmode: 0o755\nhex: 0xff',
    { time: '1:30', version: 1.1, port: 8080, mode: 493, hex: 255 },
  ],
  ['t: true\nf: False\nn: null\nt2: ~\nempty:', { t: true, f: false, n: null, t2: null, empty: null }],
  ['date: 2026-12-01', { date: '2026-12-01' }],
  [
    '404: not found\nno: norway\n1.5: x\ntrue: y\nnull: z',
    { '404': 'not found', no: 'norway', '1.5': 'x', true: 'y', null: 'z' },
  ],
  ['a: |\n  two\n  lines\nb: >-\n  one\n  line', { a: 'two\nlines\n', b: 'one line' }],
  ["a: 'it''s'\nb: \"tab\\t\\u20ac \\U0001F600\"", { a: "it's", b: 'tab\t\u20ac \u{1f600}' }],
  ['base: &b {x: 1}\none: *b\ntwo: *b', { base: { x: 1 }, one: { x: 1 }, two: { x: 1 } }],
  ['a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
  [
    'a: !!str 1\nb: !!int "2"\nc: !!float 3.5\nd: !!map {}\ne: !!seq []',
    { a: '1', b: 2, c: 3.5, d: {}, e: [] },
  ],
  [
    'id: 9007199254740993\nneg: -9007199254740993\nsafe: 9007199254740991',
    { id: 9_007_199_254_740_993n, neg: -9_007_199_254_740_993n, safe: 9_007_199_254_740_991 },
  ],
  ['a: .inf\nb: -.INF', { a: Number.POSITIVE_INFINITY, b: Number.NEGATIVE_INFINITY }],
  ['"<<": 1', { '<<': 1 }],
  ['note: "!!js/function __proto__ <<"', { note: '!!js/function __proto__ <<' }],
  [
    'constructor: Acme\nprototype: {a: 1}\ntoString: 1',
    { constructor: 'Acme', prototype: { a: 1 }, toString: 1 },
  ],
  ['[a: 1, {b: 2}]', [{ a: 1 }, { b: 2 }]],
  ['- - a\n  - b\n- c', [['a', 'b'], 'c']],
  ['# c\na: 1 # d\n# e\nb:\n  # f\n  - 2', { a: 1, b: [2] }],
  ['{"json": [1, 2.5, null, true, "x\\u00e9"]}', { json: [1, 2.5, null, true, 'x\u00e9'] }],
  [
    'on:\n  push:\n    branches: [main]\njobs:\n  test:\n    steps:\n      - run: npm test',
    { on: { push: { branches: ['main'] } }, jobs: { test: { steps: [{ run: 'npm test' }] } } },
  ],
];

import type { FormFields, FormOptions } from '../../lib/parse/index.ts';

export interface FormCase {
  readonly text: string;
  readonly options?: FormOptions<FormFields>;
  /** The code that refuses it, after `parse/`. */
  readonly code: string;
  readonly why: string;
}

const nested = { nested: true };

/** Query strings and forms that parsers read differently, or that cost memory: what qs and its like have had CVEs for. */
export const hostileForms: readonly FormCase[] = [
  { text: 'to=ada&to=mallory', code: 'duplicate-key', why: 'HTTP parameter pollution' },
  { text: 'a=1&%61=2', code: 'duplicate-key', why: 'pollution, encoded' },
  { text: 'a&a', code: 'duplicate-key', why: 'pollution without values' },
  { text: '__proto__=1', code: 'dangerous-key', why: 'CWE-1321' },
  { text: 'a[__proto__][b]=1', code: 'dangerous-key', why: 'CVE-2022-24999, if something splits it later' },
  { text: 'a.__proto__.b=1', code: 'dangerous-key', why: 'CWE-1321 with allowDots' },
  { text: 'a%5B__proto__%5D%5Blength%5D=1', options: nested, code: 'dangerous-key', why: 'CVE-2022-24999' },
  { text: '%5f%5fproto%5F%5F[a]=1', options: nested, code: 'dangerous-key', why: 'CWE-1321, encoded' },
  { text: 'constructor[prototype][a]=1', options: nested, code: 'dangerous-key', why: 'CWE-1321' },
  { text: 'a[constructor][prototype]=1', options: nested, code: 'dangerous-key', why: 'CWE-1321' },
  { text: 'constructor.prototype.a=1', code: 'dangerous-key', why: 'CWE-1321 with dots' },
  { text: 'a[]=1&a[__proto__]=2', options: nested, code: 'dangerous-key', why: 'CVE-2017-1000048' },
  { text: 'a[999999999]=1', options: nested, code: 'too-many', why: 'a sparse array of a billion' },
  { text: 'a[1000]=1', options: nested, code: 'too-many', why: 'one index beyond maxItems' },
  { text: 'a[1]=1', options: nested, code: 'invalid-syntax', why: 'a sparse array' },
  { text: 'a[0]=1&a[2]=1', options: nested, code: 'invalid-syntax', why: 'a sparse array' },
  { text: 'a[0]=1&a[0]=2', options: nested, code: 'duplicate-key', why: 'pollution of a list' },
  { text: 'a[b]=1&a[b]=2', options: nested, code: 'duplicate-key', why: 'pollution of a record' },
  { text: 'a=1&a[b]=2', options: nested, code: 'invalid-syntax', why: 'a value and a record' },
  { text: 'a[b]=1&a=2', options: nested, code: 'duplicate-key', why: 'a record and a value' },
  { text: 'a[]=1&a=2', options: nested, code: 'duplicate-key', why: 'a list and a value' },
  { text: 'a=1&a[]=2', options: nested, code: 'invalid-syntax', why: 'a value and a list' },
  { text: 'a[]=1&a[b]=2', options: nested, code: 'invalid-syntax', why: 'a list that becomes a record' },
  { text: 'a[0]=1&a[b]=2', options: nested, code: 'invalid-syntax', why: 'a list that becomes a record' },
  { text: 'a[]=1&a[0]=2', options: nested, code: 'invalid-syntax', why: 'two kinds of list' },
  { text: 'a[][b]=1&a[][c]=2', options: nested, code: 'invalid-syntax', why: 'Rails and PHP disagree' },
  {
    text: 'a[01]=1&a[0]=2',
    options: nested,
    code: 'invalid-syntax',
    why: 'an index with a leading zero is a name',
  },
  ...['a[b=1', 'a]b=1', 'a[b]c=1', '[a]=1', '[]=1', 'a[[b]]=1', 'a[b[c]]=1', 'a[b]]=1', ']=1', 'a][=1'].map(
    (text) => ({
      ...{ text, options: nested, code: 'invalid-syntax', why: 'unbalanced brackets' },
    }),
  ),
  { text: 'a[b][c][d][e][f][g]=1', options: nested, code: 'too-deep', why: 'six levels' },
  {
    text: `a${'[b]'.repeat(100_000)}=1`,
    options: nested,
    code: 'too-deep',
    why: 'a hundred thousand levels',
  },
  { text: 'a=1&'.repeat(1_001), options: { lists: ['a'] }, code: 'too-many', why: 'maxParameters' },
  {
    text: 'a[]=1&'.repeat(3),
    options: { nested: true, maxItems: 2 },
    code: 'too-many',
    why: 'CVE-2025-15284: [] past arrayLimit',
  },
  {
    text: 'a=1&a=2&a=3',
    options: { lists: ['a'], maxItems: 2 },
    code: 'too-many',
    why: 'CVE-2025-15284, without brackets',
  },
  ...['a=%', 'a=%1', 'a=%zz', 'a=100%', '%=1', 'a=%u0041'].map((text) => ({
    ...{ text, code: 'invalid-text', why: 'malformed percent-encoding' },
  })),
  ...['a=%ff', 'a=%C0%AF', 'a=%ED%A0%80', 'a=%F4%90%80%80', '%80=1', 'a=%E2%82', 'a=\ud800'].map((text) => ({
    ...{ text, code: 'invalid-text', why: 'no UTF-8' },
  })),
  { text: 'a=b%00.png', code: 'invalid-text', why: 'CWE-158' },
  { text: 'a%00=b', code: 'invalid-text', why: 'CWE-158' },
  { text: 'a=1234567', options: { maxBytes: 8 }, code: 'too-large', why: 'maxBytes' },
];

/** What browsers and clients send, with what is read. */
export const ordinaryForms: readonly (readonly [string, FormOptions<FormFields> | undefined, unknown])[] = [
  ['', undefined, {}],
  ['&&', undefined, {}],
  ['a=1&b=2', undefined, { a: '1', b: '2' }],
  ['a', undefined, { a: '' }],
  ['a=', undefined, { a: '' }],
  ['a=b=c', undefined, { a: 'b=c' }],
  ['a=1;b=2', undefined, { a: '1;b=2' }],
  ['q=a+b%2Bc%20d', undefined, { q: 'a b+c d' }],
  ['q=%E2%82%AC+%F0%9F%98%80+caf%C3%A9', undefined, { q: '\u20ac \u{1f600} caf\u00e9' }],
  ['a.b=1&a.c=2', { nested: true }, { 'a.b': '1', 'a.c': '2' }],
  ['a,b=1,2', undefined, { 'a,b': '1,2' }],
  [
    'utf8=%E2%9C%93&_charset_=iso-8859-1&a=%C3%A9',
    undefined,
    { utf8: '\u2713', _charset_: 'iso-8859-1', a: '\u00e9' },
  ],
  [
    'hasOwnProperty=1&toString=2&constructor=3&prototype=4',
    undefined,
    { hasOwnProperty: '1', toString: '2', constructor: '3', prototype: '4' },
  ],
  ['tag=new', { lists: ['tag'] }, { tag: ['new'] }],
  ['tag=new&tag=sale', { lists: ['tag'] }, { tag: ['new', 'sale'] }],
  ['tag[]=1&b[0]=2', { lists: ['tag[]'] }, { 'tag[]': ['1'], 'b[0]': '2' }],
  ['tag%5B%5D=new&tag%5B%5D=sale', { nested: true }, { tag: ['new', 'sale'] }],
  ['a[b][c]=1&a[b][d]=2&a[e]=3', { nested: true }, { a: { b: { c: '1', d: '2' }, e: '3' } }],
  ['a[1]=y&a[0]=x', { nested: true }, { a: ['x', 'y'] }],
  ['o[0][id]=1&o[0][n]=2&o[1][id]=3', { nested: true }, { o: [{ id: '1', n: '2' }, { id: '3' }] }],
  ['q[4711]=2&q[77]=1', { nested: true, records: ['q'] }, { q: { '77': '1', '4711': '2' } }],
  ['o[q][12]=1', { nested: true, records: ['o[q]'] }, { o: { q: { '12': '1' } } }],
  ['a[b]=1&a[b]=2', { nested: true, lists: ['a[b]'] }, { a: { b: ['1', '2'] } }],
  ['a%255B0%255D=1', { nested: true }, { 'a%5B0%5D': '1' }],
  ['a=null&b=true&c=%5B1%5D', undefined, { a: 'null', b: 'true', c: '[1]' }],
  [
    'note=about+__proto__+and+constructor.prototype',
    undefined,
    { note: 'about __proto__ and constructor.prototype' },
  ],
];

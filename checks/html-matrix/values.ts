import { legitimateLinks, legitimateTexts, xss } from '../../lib/testing/corpus/xss.ts';

/** What gets a payload out of the place that it stands in. */
const ways: readonly string[] = [
  ...[
    '"',
    "'",
    '">',
    "'>",
    '`>',
    '</p>',
    '</title>',
    '</textarea>',
    '</script>',
    '</style>',
    '</template>',
    '</pre>',
  ],
  ...[
    '</select>',
    '</svg>',
    '</math>',
    '-->',
    '--!>',
    ']]>',
    '" autofocus onfocus=alert(1) x="',
    "' onload='alert(1)",
  ],
  ...[
    '"/><',
    '&quot;>',
    '&#34;&#62;',
    '\u2028',
    '\\"',
    "\\'",
    '${',
    '`${',
    '*/',
    '//',
    '\n',
    '\r\n',
    '\0',
    '\ufeff',
  ],
  ...['1x, javascript:alert(1) ', ');', ']}', '};', '\\u003c/script>', '<!--<script>', 'red;', 'url(', '}*{'],
];

/** What runs where it is markup, a URL, or a script. */
const ends: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<svg onload=alert(1)>',
  'javascript:alert(1)',
  'alert(1)',
  'alert(1)//',
  '',
];

/** What a parser changes unless it is told not to. */
const shapes: readonly string[] = [
  ...[
    '',
    ' ',
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    '\t',
    '\n\r\n x',
    ' a ',
    '\u00a0',
    '\u2028\u2029',
    '\ufeff',
    '\ufffd',
  ],
  ...[
    '\0',
    'a\0b',
    '\ud800',
    '\udc00',
    'a\ud800b',
    '\ud83d\ude00',
    '\ud800\ud83d\ude00',
    '\u0085',
    '\u0001\u007f\u009f',
  ],
  ...[
    '&',
    '&amp;',
    '&lt',
    '&#0;',
    '&#x3c;',
    '&notin;',
    '&am',
    '&#',
    '&;',
    '%00',
    '%',
    '%3Cb%3E',
    '%zz',
    '+',
    'a+b c',
  ],
  ...[
    'null',
    'undefined',
    'true',
    '0',
    '-0',
    '1e3',
    'constructor',
    '__proto__',
    '{"__proto__":1}',
    '[object Object]',
  ],
  ...[
    '\u05d0\u202e',
    '\u0130',
    'e\u0301',
    '\uffff',
    '\ufdd0',
    'a'.repeat(5000),
    '<'.repeat(500),
    '"'.repeat(500),
  ],
];

export const values: readonly string[] = [
  ...new Set([
    ...xss.map(({ payload }) => payload),
    ...legitimateTexts,
    ...legitimateLinks,
    ...shapes,
    ...ways.flatMap((way) => ends.map((end) => way + end)),
  ]),
];

/** A part that is spread over all of them, for a test that is short. */
export function some(count: number): readonly string[] {
  const step = values.length / count;
  return Array.from({ length: count }, (_, i) => values[Math.floor(i * step)] as string);
}

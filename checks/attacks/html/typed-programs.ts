import { inlineHashes, resourceUrl, safeScript, safeStyle, safeUrl } from 'bulwark/html';
import { expect } from 'vitest';
import { literal, t } from './case.ts';
import { attackBy, type ProgramCase, useBy } from './program-case.ts';
import { page, refused } from './program-tools.ts';

/** Markup of several templates, scripts, styles and URLs from literals. */
export const typedPrograms: readonly ProgramCase[] = [
  // Markup that ends within a reference.
  attackBy('markup that ends in "&", and a value behind it', () =>
    expect(page('~~', t('R&'), 'lt;')).not.toContain('&lt;'),
  ),
  attackBy('markup that ends in "&am", and a value behind it', () =>
    expect(page('~~', t('R&am'), 'p;')).toBe('R&amp;amp;'),
  ),
  attackBy('markup that ends in "&#", and a number behind it', () =>
    expect(page('<p>~</p>', [t('&#'), 60])).not.toContain('&#60'),
  ),
  attackBy('markup that ends in "&not", and a value behind it', () =>
    expect(page('~~', t('&not'), 'in;')).toBe('\u00acin;'),
  ),
  attackBy('an open pre of one template, and a value behind it', () =>
    expect(page('~~', t('<pre>'), '\nx')).toBe('<pre>\n\nx'),
  ),
  // Scripts and hashes.
  useBy('__proto__ in a script', () =>
    expect(page('<script>x = ~;</script>', JSON.parse('{"a":[{"__proto__":{"admin":true}}]}'))).toContain(
      '["__proto__"]',
    ),
  ),
  useBy('a style sheet with a range in a media query', () =>
    expect(
      page(
        '<style>~</style>',
        literal('@media (400px <= width < 700px) { p { margin: 0 } }')(safeStyle as never, []),
      ),
    ).toContain('<='),
  ),
  attackBy('a promise as JSON', () =>
    refused('html/invalid-value', () => page('<script>x = ~;</script>', Promise.resolve(1))),
  ),
  attackBy('a promise as JSON of a data block', () =>
    refused('html/invalid-value', () =>
      page('<script type="application/json">~</script>', Promise.resolve(1)),
    ),
  ),
  ...[() => 1, Symbol('x'), undefined, t('<b>x</b>'), { a: t('x') }].map((value, index) =>
    attackBy(`JSON of what has none, ${index}`, () =>
      refused('html/*', () => page('<script>x = ~;</script>', value)),
    ),
  ),
  attackBy('a SafeScript in two scripts', () => {
    const s = safeScript`f(${'</script>'})`;
    expect(page('<script>~</script><script>~</script>', s, s).match(/<\/script>/g)).toHaveLength(2);
  }),
  ...['</script', '</SCRIPT ', '<!-- x', 'x<!--<script'].map((text) =>
    attackBy(`safeScript of ${text}`, () =>
      refused('html/unsafe-literal', () => literal(text)(safeScript as never, [])),
    ),
  ),
  ...['</style', '</STYLE ', '<!--'].map((text) =>
    attackBy(`safeStyle of ${text}`, () =>
      refused('html/unsafe-literal', () => literal(text)(safeStyle as never, [])),
    ),
  ),
  ...['"~"', "'~'", '`~`', '// ~', '/~/', 'a~', '~', '"x"; f(~)', 'a < ~'].map((text) =>
    attackBy(`safeScript with a hole in ${text}`, () =>
      refused('html/*', () => literal(text)(safeScript as never, ['x'])),
    ),
  ),
  attackBy('safeStyle with a hole', () =>
    refused('html/*', () => literal('p { color: ~ }')(safeStyle as never, ['red'])),
  ),
  ...[
    'javascript:x',
    'java\nscript:x',
    ' javascript:x',
    '\u0001javascript:x',
    'data:text/html,x',
    'blob:x',
    'view-source:x',
    'vbscript:x',
    'about:blank',
    'filesystem:x',
    '\\\\a\\b',
    '/\t/a',
  ].flatMap((text) => [
    attackBy(`safeUrl of ${JSON.stringify(text)}`, () =>
      refused('html/unsafe-literal', () => literal(text)(safeUrl as never, [])),
    ),
    attackBy(`resourceUrl of ${JSON.stringify(text)}`, () =>
      refused('html/unsafe-literal', () => literal(text)(resourceUrl as never, [])),
    ),
  ]),
  ...(
    [
      ['~', 'x'],
      ['~script:x', 'java'],
      ['https://~/x', 'h'],
      ['https://a~', '.evil'],
      ['https://a~/x', '.evil'],
      ['https://a:~/', '80'],
      ['https://~@a/', 'x'],
      ['//~/x', 'a'],
      ['~/x', '/a'],
      ['data:text/javascript,~', 'x'],
      ['a~', ':x'],
      ['https:~', '//evil'],
      ['/\\~', 'evil'],
      ['https:/~', '/evil'],
    ] as const
  ).map(([text, value]) =>
    attackBy(`resourceUrl of ${text}`, () =>
      refused('html/unsafe-literal', () => literal(text)(resourceUrl as never, [value])),
    ),
  ),
  ...(
    [
      ['/a/~', '..'],
      ['/a/~', '../x'],
      ['/~/b', ''],
      ['/~/~', '', 'evil.example'],
      ['/a/%2e~', '.'],
      ['/a/.%2~/b', 'e'],
      ['/~', '/evil.example'],
      ['/~', '\\evil.example'],
      ['//cdn.example/~', '..'],
      ['/a/~/../b', 'x/../..'],
      ['/a/~.js', '..%2f'],
      ['/a/.~', '.'],
    ] as const
  ).map(([text, ...values]) =>
    attackBy(`resourceUrl of ${text} with ${JSON.stringify(values)}`, () => {
      const src =
        /src="([^"]*)"/.exec(
          page('<script src="~"></script>', literal(text)(resourceUrl as never, values)),
        )?.[1] ?? '';
      const url = new URL(src.replaceAll('&amp;', '&'), 'http://own.example/');
      expect(src === 'about:invalid#bulwark' || ['own.example', 'cdn.example'].includes(url.host)).toBe(true);
      if (text.startsWith('/a/')) expect(url.href).toMatch(/^(?:about:|http:\/\/own\.example\/a\/)/);
    }),
  ),
  useBy('resourceUrl with a query', () =>
    expect(page('<script src="~"></script>', resourceUrl`https://cdn.example/a.js?v=${'1&2'}`)).toBe(
      '<script src="https://cdn.example/a.js?v=1%262"></script>',
    ),
  ),
  useBy('hashes of inline blocks', () =>
    expect(inlineHashes(safeScript`a()`, safeStyle`p {}`)).toHaveLength(2),
  ),
];

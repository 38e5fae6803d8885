import { attrs, checkTemplates, escape as escapeFor, render } from 'bulwark/html';
import { expect } from 'vitest';
import { t } from './case.ts';
import { attackBy, type ProgramCase, useBy } from './program-case.ts';
import { call, cpu, nested, page, payload, refused } from './program-tools.ts';
import { codeOf } from './run-case.ts';

/** Values that are deep or long, and the escape for engines. */
export const longPrograms: readonly ProgramCase[] = [
  // Deep and long.
  attackBy('a list nested 100,000 deep', () =>
    refused('html/not-text', () =>
      page(
        '<p>~</p>',
        nested(100_000, (v) => [v]),
      ),
    ),
  ),
  attackBy('a class list nested 100,000 deep', () =>
    refused('html/not-text', () =>
      page(
        '<p class="~">x</p>',
        nested(100_000, (v) => [v]),
      ),
    ),
  ),
  attackBy('JSON nested 100,000 deep', () =>
    refused('html/not-text', () =>
      page(
        '<script>x = ~;</script>',
        nested(100_000, (v) => ({ v })),
      ),
    ),
  ),
  attackBy('JSON lists nested 100,000 deep', () =>
    refused('html/not-text', () =>
      page(
        '<script type="application/json">~</script>',
        nested(100_000, (v) => [v]),
      ),
    ),
  ),
  attackBy('a list that holds itself', () => {
    const list: unknown[] = [];
    list.push(list);
    refused('html/*', () => page('<p>~</p>', list));
  }),
  attackBy('JSON that holds itself', () => {
    const o: Record<string, unknown> = {};
    o['o'] = o;
    refused('html/*', () => page('<script>x = ~;</script>', o));
  }),
  attackBy('a list that doubles 16 times', () => {
    const started = cpu();
    try {
      page(
        '<p>~</p>',
        nested(16, (v) => [v, v]),
      );
    } catch (error) {
      expect(codeOf(error)).toMatch(/^html\//);
    }
    expect(cpu() - started).toBeLessThan(6000);
  }),
  ...[
    ['<', 'element text', '<p>~</p>'],
    ['"', 'an attribute', '<p title="~">x</p>'],
    ['../', 'a path', '<a href="/x/~">x</a>'],
    ['\t', 'a URL', '<a href="~">x</a>'],
    [' ', 'a class', '<p class="~">x</p>'],
    ['a,', 'a srcset', '<img srcset="~">'],
    ['(', 'JSON', '<script>x = ~;</script>'],
    ['&', 'a title', '<title>~</title>'],
    ['\ud800', 'text with halves', '<p>~</p>'],
    [', ', 'a srcset of commas', '<img srcset="~">'],
    ['data:image/png;base64,', 'an image', '<img src="~">'],
    ['a:', 'a link', '<a href="~">x</a>'],
    ['/..', 'a link with dots', '<a href="~">x</a>'],
    ['%', 'a query', '<a href="/?q=~">x</a>'],
  ].map(([unit, where, template]) =>
    attackBy(`a long run of ${JSON.stringify(unit)} in ${where}`, () => {
      const started = cpu();
      page(template as string, (unit as string).repeat(100_000));
      expect(cpu() - started).toBeLessThan(1500);
    }),
  ),
  attackBy('a style value of 100,000 parentheses', () => {
    const started = cpu();
    page('<p style="~">x</p>', {
      width: '('.repeat(100_000),
      color: 'a('.repeat(30_000),
      margin: ' 1px'.repeat(30_000),
    });
    expect(cpu() - started).toBeLessThan(1500);
  }),
  attackBy('five thousand styles, classes and attributes', () => {
    const started = cpu();
    const record = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`x${n}`, 'y']));
    page('<p class="~" style="~" ~>x</p>', record, record, attrs(record));
    expect(cpu() - started).toBeLessThan(3000);
  }),
  useBy('a template nested 3,000 deep', () =>
    expect(render(nested(3000, (v) => t('<i>~</i>', v)) as never)).toHaveLength(3000 * 7 + 1),
  ),
  useBy('a list of 20,000 rows', () =>
    expect(
      page(
        '<ul>~</ul>',
        Array.from({ length: 20_000 }, (_, n) => n),
      ),
    ).toContain('19999'),
  ),
  // The one escape for engines.
  ...['<b>', '"', "'", '&', '&lt;', 'a\rb', '\0', '\ud800', '`', '=', 'x'].map((text) =>
    useBy(`escape of ${JSON.stringify(text)}`, () => expect(escapeFor(text)).not.toMatch(/[<>"'\0\ud800\r]/)),
  ),
  attackBy('escape of a SafeHtml', () => refused('html/implicit-string', () => escapeFor(t('<b>x</b>')))),
  attackBy('escape of an object with a hostile toString', () =>
    expect(escapeFor({ toString: () => payload })).not.toContain('<'),
  ),
  attackBy('escape of a list', () => expect(escapeFor(['<', ['"']])).not.toMatch(/[<"]/)),
  attackBy('escape of what toHTML gives', () =>
    expect(escapeFor({ toHTML: () => '<b>', toString: () => '<b>' })).not.toContain('<'),
  ),
  useBy('escape of nothing', () =>
    expect([escapeFor(null), escapeFor(undefined), escapeFor(0)]).toEqual(['', '', '0']),
  ),
  // checkTemplates.
  useBy('checkTemplates finds nothing in good templates', () =>
    expect(checkTemplates([{ strings: ['<p title="', '">', '</p>'] }])).toEqual([]),
  ),
  useBy('checkTemplates says where', () =>
    expect(checkTemplates([{ strings: ['<p>\n<p title=', '>'], file: 'a.ts', line: 10 }])).toMatchObject([
      { code: 'html/unquoted-attribute', file: 'a.ts', line: 11 },
    ]),
  ),
  useBy('checkTemplates of none', () => expect(checkTemplates([])).toEqual([])),
  attackBy('checkTemplates makes no template of its strings', () => {
    const strings = ['<b>x</b>'];
    checkTemplates([{ strings }]);
    refused('html/not-a-template', () => call(strings));
  }),
  attackBy('checkTemplates of a file name that holds terminal sequences', () => {
    const [finding] = checkTemplates([{ strings: ['<p title=', '>'], file: 'a' }]);
    expect(finding?.excerpt).not.toContain('\u001b');
  }),
  attackBy('checkTemplates of 100,000 open tags', () => {
    const started = cpu();
    checkTemplates([
      { strings: ['<p '.repeat(100_000)] },
      { strings: ['<svg>'.repeat(100_000)] },
      { strings: ['<!--'.repeat(100_000)] },
      { strings: ['<p a="'.repeat(100_000)] },
      { strings: ['<script>'.repeat(100_000)] },
    ]);
    expect(cpu() - started).toBeLessThan(4000);
  }),
];

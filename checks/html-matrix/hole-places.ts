import { html, render, type SafeHtml, sanitize } from 'bulwark/html';

/** A template with one hole, and nodes behind it: elements with `data-b`, and the text `TAIL`. */
export type Skeleton = readonly [before: string, after: string];

const tags = (text: string): readonly string[] => text.split(' ');

/** Every element of the HTML standard, and the obsolete ones that its tree builder names. */
const elements: readonly string[] = tags(
  'a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blockquote br button ' +
    'canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed ' +
    'fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i image img input ins kbd keygen ' +
    'label legend li link main map mark marquee menu menuitem meta meter nav nobr object ol optgroup option output p ' +
    'param picture pre progress q rb rp rt rtc ruby s samp search section select slot small source span strike strong ' +
    'sub summary sup svg math table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr ' +
    'x-card',
);

const voids = new Set(
  tags('area base basefont bgsound br col embed hr image img input keygen link meta param source track wbr'),
);

/** In a body: the hole is the content of each element, or of a chain of them. */
const chains: readonly string[] = [
  ...elements.filter((name) => !voids.has(name)),
  ...['p b', 'p object', 'p button', 'p table tr td', 'a b', 'a button', 'a p', 'a table tr td', 'button p'],
  ...['button b', 'button div', 'form div', 'form table tr td', 'ul li', 'ul li b', 'ul li div', 'ul li p'],
  ...[
    'ul li section',
    'ul li ul',
    'dl dd',
    'dl dt b',
    'dl dd div',
    'h1 b',
    'h2 a',
    'nobr b',
    'ruby rt',
    'ruby rb',
  ],
  ...['ruby rtc rt', 'ruby rp', 'ruby b', 'select option', 'select optgroup', 'select optgroup option'],
  ...['select button', 'select div', 'datalist option', 'table caption', 'table caption p', 'table colgroup'],
  ...[
    'table tbody',
    'table thead',
    'table tfoot',
    'table tr',
    'table tbody tr',
    'table tr td',
    'table tr th b',
  ],
  ...[
    'table tr td p',
    'table tr td ul li',
    'table tr td table',
    'template table',
    'template table tr',
    'p svg text',
  ],
  ...[
    'select p',
    'select li',
    'select rt',
    'select optgroup p',
    'select option p',
    'li search',
    'dd search b',
    'p noscript',
  ],
  ...['template p', 'details summary', 'fieldset legend', 'label b', 'object p', 'marquee p', 'p em a'],
];

/** What may stand behind a hole in there, of which a parser moves nothing by itself. */
function behind(parent: string): string {
  switch (parent) {
    case 'table':
      return '<tr data-b><td data-b>TAIL</td></tr>';
    case 'tbody':
    case 'thead':
    case 'tfoot':
      return '<tr data-b><td data-b>TAIL</td></tr>';
    case 'tr':
      return '<td data-b>TAIL</td>';
    case 'colgroup':
      return '<col data-b>';
    case 'select':
    case 'datalist':
    case 'optgroup':
      return '<option data-b>TAIL</option>';
    case 'option':
      return 'TAIL';
    case 'svg':
    case 'text':
      return 'TAIL<g data-b></g>';
    case 'math':
      return '<mi data-b>TAIL</mi>';
    default:
      return 'TAIL<i data-b>TAIL</i>';
  }
}

export const bodySkeletons: readonly Skeleton[] = chains.map((chain) => {
  const names = chain.split(' ');
  const start = names.map((name) => `<${name}>`).join('');
  const end = names
    .toReversed()
    .map((name) => `</${name}>`)
    .join('');
  return [
    `<!doctype html><body><div>${start}`,
    `${behind(names.at(-1) ?? '')}${end}TAIL<b data-b>TAIL</b></div>`,
  ];
});

const policy = '<meta data-b http-equiv="Content-Security-Policy" content="default-src \'none\'">';

/** Around the head and the body. */
export const documentSkeletons: readonly Skeleton[] = [
  ['', `<!doctype html><html><head>${policy}</head><body data-b>TAIL</body></html>`],
  ['<!doctype html>', `<html><head>${policy}</head><body data-b>TAIL</body></html>`],
  ['<!doctype html><html>', `<head>${policy}</head><body data-b>TAIL</body></html>`],
  ['<!doctype html><html>', '<body data-b><p data-b>TAIL</p></body></html>'],
  ['<!doctype html><html><head>', `${policy}</head><body data-b>TAIL</body></html>`],
  ['<!doctype html><html><head>', '</head><body data-b>TAIL</body></html>'],
  ['<!doctype html><html><head><title>x</title>', '<link data-b><p data-b>TAIL</p>'],
  ['<!doctype html><html><head></head>', '<body data-b><p data-b>TAIL</p></body></html>'],
  ['<!doctype html><html><head></head>', '<script data-b>1</script><body data-b>TAIL</body></html>'],
  ['<!doctype html><html><head></head>', `${policy}<body data-b>TAIL</body></html>`],
  ['<!doctype html><html><head></head><body>', '<p data-b>TAIL</p></body></html>'],
  ['<!doctype html><html><head></head><body></body>', '<p data-b>TAIL</p></html>'],
  ['<!doctype html><title>x</title>', '<p data-b>TAIL</p>'],
  ['<!doctype html><title>x</title>', `${policy}<p data-b>TAIL</p>`],
  ['<!doctype html><title>x</title>', '<style data-b></style><p data-b>TAIL</p>'],
  ['<title>x</title>', `${policy}<p data-b>TAIL</p>`],
  ['', `<title>x</title>${policy}<p data-b>TAIL</p>`],
  ['<!doctype html><head><template>', '<tr data-b><td data-b>TAIL</td></tr></template></head>'],
  ['<!doctype html><body><template>', '<div data-b>TAIL</div></template>'],
  ['<!doctype html><body><table>', '<script data-b>1</script><tr data-b><td>TAIL</td></tr></table>'],
  ['<!doctype html><body><table><tr><td>x</td></tr>', '<template data-b></template></table>TAIL'],
  ['<!doctype html><body><table><tr><td>x</td></tr>', '<tr data-b><td>TAIL</td></tr></table>TAIL'],
  ['<!doctype html><body><p>x</body>', '<p data-b>TAIL</p></html>'],
];

/** A value, and the same as markup that nobody checked. */
export interface Value {
  readonly name: string;
  readonly value: unknown;
  /** For sanitised markup, what else the same preset gives: it is decided on by the preset. */
  readonly raw: string;
  readonly others?: readonly string[];
}

const text: readonly Value[] = ['hello', '0', '<b>'].map((one) => ({
  name: `the text ${one}`,
  value: one,
  raw: one.replace('<', '&lt;'),
}));

const written: readonly string[] = [
  ...[
    'x',
    '<p>x</p>',
    '<h2>x</h2>',
    '<a href="/">x</a>',
    '<ul><li>x</li></ul>',
    '<hr>',
    '<li>x</li>',
    '<dd>x</dd>',
  ],
  ...[
    '<table><tr><td>x</td></tr></table>',
    '<input type="checkbox">',
    '<b>x</b>',
    '<tr><td>x</td></tr>',
    '<rt>x</rt>',
  ],
];

const sanitised: readonly Value[] = (['text', 'comment', 'article', 'markdown', 'email'] as const).map(
  (preset) => ({
    name: `sanitised as ${preset}`,
    value: sanitize(written.join(''), preset),
    raw: render(sanitize(written.join(''), preset)),
    others: written.map((one) => render(sanitize(one, preset))),
  }),
);

/** The tag's own strings, for templates that are put together. */
function template(...parts: string[]): TemplateStringsArray {
  return Object.freeze(Object.assign([...parts], { raw: Object.freeze([...parts]) })) as TemplateStringsArray;
}

export function make(strings: readonly string[], ...values: readonly unknown[]): SafeHtml {
  return (html as (strings: TemplateStringsArray, ...values: unknown[]) => SafeHtml)(
    template(...strings),
    ...values,
  );
}

function element(name: string): string {
  return voids.has(name)
    ? `<${name}>`
    : `<${name}>${name === 'textarea' || name === 'title' ? 'x' : ''}</${name}>`;
}

/** Alone, nested in other elements, and inserted through an intermediate template. */
function templates(names: readonly string[]): readonly Value[] {
  const single = names.map((name) => element(name));
  const nested = names.flatMap((name) =>
    ['b', 'div', 'object', 'button', 'p'].map((outer) => `<${outer}>${element(name)}</${outer}>`),
  );
  return [
    ...[...single, ...nested].map((raw) => ({ name: raw, raw, value: lazily(() => make([raw])) })),
    ...single.map((raw) => ({
      name: `${raw} through <span>`,
      raw: `<span>${raw}</span>`,
      value: lazily(() => make(['<span>', '</span>'], make([raw]))),
    })),
    ...single.map((raw) => ({
      name: `${raw} through nothing`,
      raw,
      value: lazily(() => make(['', ''], [make([raw])])),
    })),
  ];
}

/** Made where it is used, so that a template that is refused by itself is no value. */
export class Lazy {
  readonly make: () => unknown;
  constructor(make: () => unknown) {
    this.make = make;
  }
}
function lazily(of: () => unknown): Lazy {
  return new Lazy(of);
}

const parts = [
  '<tr><td>x</td></tr>',
  '<td>x</td>',
  '<th>x</th>',
  '<tbody><tr><td>x</td></tr></tbody>',
  '<caption>x</caption>',
  '<col>',
  '<option>x</option>',
  '<meta name="a" content="b">',
  '<link rel="icon" href="/x">',
  '<style>p{}</style>',
  '<body>x</body>',
  '<head><title>x</title></head>',
  '<input type="hidden">',
  '<template>x</template>',
  '<svg></svg>',
  '<g></g>',
  '<noscript></noscript>',
  '<noscript><img></noscript>',
  '<noscript>x</noscript>',
  '<noscript><link rel="icon" href="/x"></noscript>',
  '<noscript><div>x</div></noscript>',
  '<noscript><a href="/">x</a></noscript>',
  '<noscript><li>x</li></noscript>',
  '<search><li>x</li></search>',
  '<search><b><dt>x</dt></b></search>',
  '<optgroup></optgroup>',
  '<option><b>x</b></option>',
  '<button><li><option>x</option></li></button>',
  '<div><select></select></div>',
];

export const values: readonly Value[] = [
  ...text,
  ...sanitised,
  ...templates(elements),
  ...parts.map((raw) => ({ name: raw, raw, value: lazily(() => make([raw])) })),
];

/** For a test that is short: text, two presets, and the elements that close most. */
export const someValues: readonly Value[] = values.filter(({ name }) =>
  /^(?:the text hello|sanitised as (?:comment|article)|<(?:a|button|div|form|h2|i|li|option|table)><[/]\w+>|<meta name.*|<tr><td>x.*|<hr>|<input>)$/.test(
    name,
  ),
);

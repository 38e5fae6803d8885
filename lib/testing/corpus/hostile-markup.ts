/**
 * Markup that costs a sanitiser far more than its length says: what the standard's algorithm, a tokenizer or a writer is
 * quadratic in. Sources: whatwg/html#3732, DOMPurify#963, reports on parse5, htmlparser2, sanitize-html and bleach.
 */
export interface HostileMarkup {
  readonly name: string;
  write(): string;
}

function counted(length: number, write: (i: number) => string): string {
  let markup = '';
  for (let i = 0; markup.length < length; i++) markup += write(i);
  return markup;
}

const svg = (inner: string): string => `<svg>${inner}</svg>`;

export const hostileMarkup: readonly HostileMarkup[] = Object.freeze([
  { name: 'twenty thousand open elements', write: () => `${'<div>'.repeat(20_000)}x` },
  {
    name: 'twenty thousand elements in one another',
    write: () => `${'<b>'.repeat(20_000)}x${'</b>'.repeat(20_000)}`,
  },
  { name: 'twenty thousand attributes', write: () => `<p ${counted(150_000, (i) => `a${i}=x `)}>x</p>` },
  { name: 'one attribute a hundred thousand times', write: () => `<p ${'a=x '.repeat(100_000)}>x</p>` },
  { name: 'five megabytes of text', write: () => 'x '.repeat(2_500_000) },
  { name: 'five megabytes of elements', write: () => '<p>x</p>'.repeat(625_000) },
  {
    name: 'unclosed formatting',
    write: () => `<p>${counted(8_000, (i) => `<b a=${i}>`)}${'<p>x'.repeat(9_000)}`,
  },
  { name: 'unclosed links', write: () => counted(190_000, (i) => `<a href=/${i}><p>x`) },
  { name: 'tags that overlap', write: () => '<b><i><u></b></i></u>'.repeat(9_000) },
  { name: 'formatting around blocks', write: () => `${'<b><p>'.repeat(9_000)}${'</b></p>'.repeat(9_000)}` },
  { name: 'text moved out of tables', write: () => `<table>${'x<b>y</b>'.repeat(20_000)}</table>` },
  { name: 'elements moved out of tables', write: () => `<table>${'<p>x</p><tr>'.repeat(15_000)}` },
  { name: 'tables in tables', write: () => '<table><tr><td>'.repeat(12_000) },
  { name: 'end tags of nothing', write: () => `${'<div>'.repeat(900)}${'</b></p>'.repeat(20_000)}` },
  { name: 'open brackets', write: () => '<'.repeat(190_000) },
  { name: 'open comments', write: () => '<!--'.repeat(45_000) },
  { name: 'references without an end', write: () => '&notin'.repeat(30_000) },
  { name: 'quotes without an end', write: () => '<p title="'.repeat(19_000) },
  { name: 'spaces in links', write: () => `<a href="${' '.repeat(190_000)}x">y</a>` },
  {
    name: 'a style of a hundred thousand declarations',
    write: () => `<p style="${'color:red;'.repeat(19_000)}">x</p>`,
  },
  {
    name: 'styles with open brackets',
    write: () => `<p style="${'color:rgb('.repeat(400)}">x</p>`.repeat(40),
  },
  { name: 'many classes', write: () => `<p class="${counted(150_000, (i) => `c${i} `)}">x</p>` },
  { name: 'pictures in pictures', write: () => '<svg>'.repeat(30_000) },
  {
    name: 'a transform that a pattern runs off with',
    write: () => svg(`<g transform="${'rotate(1) '.repeat(15_000)}x"/>`),
  },
  {
    name: 'references that draw one another',
    write: () => svg(counted(150_000, (i) => `<g id="a${i}"><use href="#a${i + 1}"/></g>`)),
  },
  {
    name: 'names around names',
    write: () => svg(`${counted(12_000, (i) => `<g id="a${i}">`)}${'<use href="#a1"/>'.repeat(9_000)}`),
  },
  { name: 'breakouts of foreign content', write: () => '<svg><p>'.repeat(20_000) },
  { name: 'selects and templates', write: () => '<select><template>'.repeat(10_000) },
]);

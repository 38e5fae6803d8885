/**
 * How the elements that a preset can allow nest, as the parser has it (HTML standard, 13.2.4.2 and 13.2.6.4). Markup
 * that keeps to this is parsed to the very tree that was written, in flow content. That closes mutation XSS at
 * the root: the browser sees what the sanitiser saw.
 */

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Every element that can be allowed. Anything else runs something, loads something, or is parsed by other rules. */
export const supportedTags: ReadonlySet<string> = list(
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup data dd del details ' +
    'dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd li main mark ' +
    'nav ol p pre q rp rt ruby s samp search section small span strike strong sub summary sup table tbody td tfoot th ' +
    'thead time tr tt u ul var wbr',
);

export const voidTags: ReadonlySet<string> = list('br col hr img input wbr');

/** Elements that are dropped with all that is in them: their content is no text for a reader, or not markup. */
export const droppedTags: ReadonlySet<string> = list(
  'script style template iframe frame frameset object embed applet noscript noembed noframes xmp plaintext title ' +
    'textarea select svg math audio video canvas head param source track portal fencedframe',
);

/** The parts of a table belong together: a preset allows all of them or none. */
export const tableTags: ReadonlySet<string> = list('caption col colgroup table tbody td tfoot th thead tr');

const tableParents: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['caption', list('table')],
  ['colgroup', list('table')],
  ['thead', list('table')],
  ['tbody', list('table')],
  ['tfoot', list('table')],
  ['col', list('colgroup')],
  ['tr', list('thead tbody tfoot')],
  ['td', list('tr')],
  ['th', list('tr')],
]);

/** Inside of these stand only other parts of the table. */
const tableFrame: ReadonlySet<string> = list('table thead tbody tfoot tr colgroup');

/** Start tags that close an open `<p>`. */
export const blocks: ReadonlySet<string> = list(
  'address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup ' +
    'hr li main nav ol p pre search section summary table ul',
);

/** Elements that are not allowed here, and whose end is the end of a line for a reader. */
export const lineBreaking: ReadonlySet<string> = new Set([
  ...blocks,
  ...list('br caption dialog dir fieldset form legend listing menu option td th tr'),
]);

/**
 * What the parser looks through in its search for an open `<li>`, `<dd>` or `<dt>`: all that is not "special". Whether
 * `<search>` is depends on the browser's age, so an item directly in it is taken for one of the list around it.
 */
const transparent: ReadonlySet<string> = list(
  'address div p a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp search small span ' +
    'strike strong sub sup time tt u var',
);

const headings: ReadonlySet<string> = list('h1 h2 h3 h4 h5 h6');
const implied: ReadonlySet<string> = list('dd dt li p rp rt');
const cells: ReadonlySet<string> = list('caption td th');

/** True where `tag` can be written inside of `open` and the parser will put it there. */
export function fits(tag: string, open: readonly string[]): boolean {
  const parent = open.at(-1) ?? '';
  const parents = tableParents.get(tag);
  if (parents) return parents.has(parent);
  if (tableFrame.has(parent)) return false;
  if (blocks.has(tag) && openWithin('p', open)) return false;
  if (headings.has(tag) && headings.has(parent)) return false;
  if (tag === 'a' && openWithin('a', open)) return false;
  if ((tag === 'rt' || tag === 'rp') && implied.has(parent)) return false;
  if (tag === 'li' || tag === 'dd' || tag === 'dt')
    return endsSearch(tag === 'li' ? ['li'] : ['dd', 'dt'], open);
  return true;
}

/** True where text can be written inside of `open`; between the parts of a table, only white space can. */
export function textFits(text: string, open: readonly string[]): boolean {
  return !tableFrame.has(open.at(-1) ?? '') || /^[\t\n\f ]*$/.test(text);
}

/** True where `tag` is open in the same cell of a table, or outside of any. */
function openWithin(tag: string, open: readonly string[]): boolean {
  for (let i = open.length - 1; i >= 0; i--) {
    if (open[i] === tag) return true;
    if (cells.has(open[i] as string)) return false;
  }
  return false;
}

/**
 * False where the start tag of an item would close an open one of `tags` first. The parser looks for that through all
 * that is not "special", and so, where nothing special is open, in the page around the markup.
 */
function endsSearch(tags: readonly string[], open: readonly string[]): boolean {
  for (let i = open.length - 1; i >= 0; i--) {
    const name = open[i] as string;
    if (tags.includes(name)) return false;
    if (!transparent.has(name)) return true;
  }
  return false;
}

/**
 * What markup does to the elements that are open around it, and where it does not fit: bits, so that those of a page are
 * joined with `|`. Derived from the tree construction of the HTML standard (13.2.6.4), from what a start tag closes and
 * from what a table or a head moves out.
 */
const bit = (n: number): number => 1 << n;

/** Holds something that a `<head>` does not. */
export const notHead: number = bit(0);
/** Holds something that does not stand in a `<table>`, and so on. */
export const notTable: number = bit(1);
export const notSections: number = bit(2);
export const notRows: number = bit(3);
export const notCells: number = bit(4);
export const notColumns: number = bit(5);
/** Opens the body of a document. */
export const flow: number = bit(6);
/** Is anything but white space and comments. */
export const something: number = bit(7);
/** Only means something in a head: a doctype, `<meta>`, `<base>`. */
export const headOnly: number = bit(8);
export const closesP: number = bit(9);
export const closesLink: number = bit(10);
export const closesNobr: number = bit(11);
export const closesButton: number = bit(12);
export const closesForm: number = bit(13);
export const closesItem: number = bit(14);
export const closesTerm: number = bit(15);
export const closesHeading: number = bit(16);
export const closesOption: number = bit(17);
export const closesGroup: number = bit(18);
export const closesSelect: number = bit(19);
export const closesRuby: number = bit(20);
/** A part of a table, which closes a cell or a caption. */
export const closesCell: number = bit(21);
/** A hidden field, which stays in a table and yet is no part of one. */
export const hiddenField: number = bit(22);
const everything: number = bit(23) - 1;

/** No part of a document's head or of a table. */
const unplaced: number = notHead | notTable | notSections | notRows | notCells | notColumns;
/** What counts only where nothing is open around it. */
const outermost: number = unplaced | flow | something | headOnly | hiddenField;
/** Where markup may stand whose author answers for it. */
export const vouched: Readonly<Record<'body' | 'head' | 'table', number>> = Object.freeze({
  body: unplaced | flow | something,
  head: (unplaced & ~notHead) | something,
  table: notHead | flow | something,
});
/** Text that is more than white space, and elements of a body. */
export const textEffect: number = unplaced | flow | something;

const list = (text: string): readonly string[] => text.split(' ');
const headings = list('h1 h2 h3 h4 h5 h6');
const sections = list('caption colgroup tbody tfoot thead');
/** They stand in a table, a row and a head alike. */
const neutral = list('script style template');

function table(entries: readonly (readonly [names: readonly string[], bits: number])[]): Map<string, number> {
  const bits = new Map<string, number>();
  for (const [group, more] of entries) {
    for (const name of group) bits.set(name, (bits.get(name) ?? 0) | more);
  }
  return bits;
}

/** By start tag, what it closes outside of itself. */
const closing: ReadonlyMap<string, number> = table([
  [
    list(
      'address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
        'header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp',
    ),
    closesP,
  ],
  [headings, closesP | closesHeading],
  [list('a'), closesLink],
  [list('nobr'), closesNobr],
  [list('button'), closesButton],
  [list('form'), closesForm],
  [list('li'), closesItem],
  [list('dd dt'), closesTerm],
  [list('option'), closesOption],
  [list('hr optgroup'), closesGroup],
  [list('input keygen select table textarea'), closesSelect],
  [list('rb rp rt rtc'), closesRuby],
  [list('caption col colgroup tbody td tfoot th thead tr'), closesCell],
]);

/** By open element, what closes it. */
const closedBy: ReadonlyMap<string, number> = table([
  [list('p'), closesP],
  [headings, closesHeading],
  [list('a'), closesLink],
  [list('nobr'), closesNobr],
  [list('button'), closesButton],
  [list('form'), closesForm],
  [list('li'), closesItem],
  [list('dd dt'), closesTerm],
  [list('option'), closesOption | closesGroup],
  [list('optgroup'), closesGroup],
  [list('select'), closesSelect | closesCell],
  [list('dd dt li optgroup option p rb rp rt rtc'), closesRuby],
  [list('caption td th'), closesCell],
]);

/** By open element, what does not reach beyond it (13.2.4.2, the scopes). Others stop what needs the current node. */
const stops: ReadonlyMap<string, number> = table([
  [
    list('applet caption marquee object td th'),
    closesP | closesButton | closesNobr | closesLink | closesOption | closesGroup,
  ],
  [list('table'), closesP | closesButton | closesNobr | closesCell],
  [list('button'), closesP],
  [list('select'), closesOption | closesGroup],
  [list('template'), everything],
]);
const tableParts: ReadonlySet<string> = new Set(list('caption colgroup tbody td tfoot th thead tr'));
const impliedEnd: ReadonlySet<string> = new Set(list('dd dt li optgroup option p rb rp rt rtc'));
/** The special elements (13.2.4.2) that end the search for an open item: all but `address`, `div` and `p`. */
const itemBoundaries: ReadonlySet<string> = new Set(
  list(
    'applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details ' +
      'dir dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr ' +
      'html iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object ol ' +
      'param plaintext pre script search section select source style summary table tbody td template textarea tfoot ' +
      'th thead title tr track ul wbr xmp',
  ),
);

function stoppedBy(name: string): number {
  const always = outermost | closesHeading | (impliedEnd.has(name) ? 0 : closesRuby);
  const items = itemBoundaries.has(name) ? closesItem | closesTerm : 0;
  return always | items | (stops.get(name) ?? 0);
}

/** What a value would close that stands inside of these elements, and which of its effects reach beyond them. */
export function effectsThrough(open: readonly string[]): {
  readonly refuses: number;
  readonly passes: number;
} {
  let refuses = 0;
  let passes = everything;
  for (let i = open.length - 1; i >= 0; i--) {
    const name = open[i] as string;
    refuses |= (closedBy.get(name) ?? 0) & passes;
    // Outside of a table, a parser ignores the tags of its parts.
    const ignored = tableParts.has(name) && !open.slice(0, i).includes('table');
    passes &= ~(ignored ? outermost : stoppedBy(name));
  }
  // Outside of <ruby>, its parts close nothing.
  return { refuses: open.includes('ruby') ? refuses : refuses & ~closesRuby, passes };
}

/** By start tag, of which places it is a part. Hidden fields go with the parts of a table. */
const fitting: ReadonlyMap<string, number> = table([
  [list('base basefont bgsound link meta noframes noscript title'), notHead | flow],
  [neutral, notHead | flow | notTable | notSections | notRows | notCells],
  [list('template'), notColumns],
  [sections, notTable | notSections],
  [list('tr'), notTable | notRows],
  [list('td th'), notCells],
  [list('col'), notTable | notColumns],
]);

/** What a start tag does where only `outermost` elements of a template, or those that do not stop it, are open. */
export function effectOf(name: string, attributes: readonly { name: string; value: string }[]): number {
  const of = (wanted: string): string | undefined =>
    attributes.find((attribute) => attribute.name === wanted)?.value;
  const hidden = name === 'input' && of('type')?.toLowerCase() === 'hidden' ? hiddenField : 0;
  const fits = hidden === 0 ? (fitting.get(name) ?? 0) : notTable | notRows | notCells;
  const head = name === 'base' || (name === 'meta' && of('itemprop') === undefined) ? headOnly : 0;
  return (textEffect & ~fits) | head | hidden | (closing.get(name) ?? 0);
}

/** True for what a parser puts into the head of a document as long as that is open, or can be reopened. */
export function isMetadata(name: string): boolean {
  return ((fitting.get(name) ?? 0) & notHead) !== 0;
}

/** What a hole right inside of this element takes no part of. */
export const framed: ReadonlyMap<string, number> = new Map([
  ['table', notTable],
  ['tbody', notRows],
  ['thead', notRows],
  ['tfoot', notRows],
  ['tr', notCells],
  ['colgroup', notColumns],
]);

/**
 * The effects of any markup of these elements that keeps to the sanitiser's content model: it writes no item without its
 * list and no cell without its table.
 */
export function sanitisedEffects(tags: Iterable<string>): number {
  let effects = textEffect;
  for (const tag of tags) effects |= effectOf(tag, []) & ~headOnly;
  return effects & ~(closesItem | closesTerm | closesCell);
}

import {
  closesButton,
  closesCell,
  closesForm,
  closesGroup,
  closesHeading,
  closesItem,
  closesLink,
  closesNobr,
  closesOption,
  closesP,
  closesRuby,
  closesSelect,
  closesTerm,
  everything,
  flow,
  headOnly,
  hiddenField,
  impliedInSelect,
  notAfterHead,
  notCells,
  notColumns,
  notHead,
  notRows,
  notSections,
  notSelect,
  notTable,
  outermost,
  policyTag,
  textEffect,
} from './effect.ts';

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

/** What a `<select>` holds in every browser. Others drop further tags, or close elements at options within these. */
const inSelects: ReadonlySet<string> = new Set(list('option optgroup hr button legend script template'));

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
  [list('select'), closesSelect | closesCell | notSelect | impliedInSelect],
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
  [list('button'), closesP | notSelect],
  [list('option legend'), notSelect],
  [list('select'), closesOption | closesGroup],
  [list('template'), everything],
]);
const tableParts: ReadonlySet<string> = new Set(list('caption colgroup tbody td tfoot th thead tr'));
const impliedInSelects: ReadonlySet<string> = new Set(list('dd dt li p rb rp rt rtc'));
const impliedEnd: ReadonlySet<string> = new Set(list('dd dt li optgroup option p rb rp rt rtc'));
/**
 * The special elements (13.2.4.2) that end the search for an open item: all but `address`, `div` and `p`. Chromium looks
 * through `<search>`, and other browsers do not: a value is held to both.
 */
const itemBoundaries: ReadonlySet<string> = new Set(
  list(
    'applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details ' +
      'dir dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr ' +
      'html iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object ol ' +
      'param plaintext pre script section select source style summary table tbody td template textarea tfoot ' +
      'th thead title tr track ul wbr xmp',
  ),
);

function stoppedBy(name: string): number {
  // A parser without scripting that meets in a `<noscript>` what fits no head closes both.
  const own = name === 'noscript' ? outermost & ~(notHead | flow) : outermost;
  const always = own | closesHeading | (impliedEnd.has(name) ? 0 : closesRuby);
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
    if (impliedInSelects.has(name) && open.includes('select'))
      refuses |= (closesOption | closesGroup) & passes;
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

function isPolicy(attributes: readonly { name: string; value: string }[]): boolean {
  return attributes.some(
    ({ name, value }) => name === 'http-equiv' && value.toLowerCase() === 'content-security-policy',
  );
}

/** What a start tag does where only `outermost` elements of a template, or those that do not stop it, are open. */
export function effectOf(name: string, attributes: readonly { name: string; value: string }[]): number {
  const of = (wanted: string): string | undefined =>
    attributes.find((attribute) => attribute.name === wanted)?.value;
  const hidden = name === 'input' && of('type')?.toLowerCase() === 'hidden' ? hiddenField : 0;
  const fits = hidden === 0 ? (fitting.get(name) ?? 0) : notTable | notRows | notCells;
  const policy = name === 'meta' && isPolicy(attributes) ? policyTag : 0;
  const later = name === 'noscript' ? notAfterHead : 0;
  const select = (inSelects.has(name) ? 0 : notSelect) | (impliedInSelects.has(name) ? impliedInSelect : 0);
  const head = name === 'base' || (name === 'meta' && of('itemprop') === undefined) ? headOnly : 0;
  return (textEffect & ~fits) | head | hidden | later | select | policy | (closing.get(name) ?? 0);
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

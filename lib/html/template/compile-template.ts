import { Misuse } from '../../refusal/misuse.ts';
import type { Place } from '../values/place.ts';
import { nonceSlot } from '../values/slots.ts';
import { attributeCuts } from './attribute-hole.ts';
import { endedReference } from './ended-reference.ts';
import { type ForeignContent, foreignContent, switching } from './foreign-content.ts';
import { refuseHalfReference } from './half-reference.ts';
import type { Cut, Hole } from './hole.ts';
import { type QuickHole, quickHole } from './quick-hole.ts';
import { readPlaces } from './read-places.ts';
import { readRawContent } from './read-raw-content.ts';
import { readEndTag, readStartTag, type StartTag } from './read-tag.ts';
import { takesNonce } from './takes-nonce.ts';
import { hole, templateMisuse } from './template-misuse.ts';

/** What one call site of the tag comes down to: static text and holes in turn, text first and last. */
export interface CallSite {
  /** How many values the call site passes. */
  readonly count: number;
  readonly texts: readonly string[];
  readonly holes: readonly QuickHole[];
  /** True where the markup means the same inside `<svg>` and `<math>` as outside. */
  readonly fitsForeign: boolean;
  /** What its static text does to the elements around it: see `effect.ts`. */
  readonly effects: number;
  /** True where a text holds the slot of a nonce. */
  readonly slotted: boolean;
}

/** State while a template is read from left to right. */
interface Reading {
  readonly source: string;
  readonly cuts: Cut[];
  /** The `<svg>` or `<math>` that is open, if one is. */
  readonly foreign: ForeignContent;
  /** The same elements, read as if the whole template stood inside an `<svg>`. */
  readonly asForeign: ForeignContent;
  /** True behind a `<select>`, up to its end tag. */
  inSelect: boolean;
  fitsForeign: boolean;
  /** It has a tag or a doctype of a whole document. */
  isDocument: boolean;
  slotted: boolean;
  holes: number;
}

/**
 * Reads a template once, as the tokenizer of the HTML standard would, and decides for each hole where its value goes.
 * A template starts and ends in element text, so that it can be spliced into any other.
 *
 * @throws Misuse for a hole that no value makes safe, and for static text whose meaning is not obvious
 */
export function compileTemplate(strings: readonly string[]): CallSite {
  const source = strings.join(hole);
  const reading: Reading = {
    source,
    cuts: [],
    foreign: foreignContent(),
    asForeign: foreignContent(),
    inSelect: false,
    fitsForeign: true,
    isDocument: false,
    slotted: false,
    holes: 0,
  };
  let at = 0;
  while (at < source.length) {
    if (source[at] === hole) at = readTextHole(reading, at);
    else if (source[at] === '<') at = readMarkup(reading, at);
    else at = nextOf(source, at);
  }
  if (reading.foreign.isOpen()) {
    const fix = `Close <${reading.foreign.current()}> in the template that opens it.`;
    throw templateMisuse('html/unfinished-template', source, source.length, fix);
  }
  return assemble(reading);
}

/** The next character that is not plain text. */
function nextOf(source: string, at: number): number {
  const pattern = /[<\0]/g;
  pattern.lastIndex = at;
  return pattern.exec(source)?.index ?? source.length;
}

function readTextHole(reading: Reading, at: number, before = ''): number {
  const { source, foreign } = reading;
  refuseHalfReference(source, at);
  // At any depth: which text of a nested element is a part of the code is not for a template to know.
  if (foreign.has('script')) throw templateMisuse('html/hole-in-script', source, at);
  if (foreign.has('style')) throw templateMisuse('html/hole-in-style', source, at);
  add(
    reading,
    at,
    { kind: 'text', index: reading.holes, place: unread(source, at, foreign.isOpen()) },
    before,
  );
  return at + 1;
}

function readMarkup(reading: Reading, at: number): number {
  const { source } = reading;
  const next = source[at + 1];
  if (next === undefined)
    throw templateMisuse('html/unfinished-template', source, at, 'Write "&lt;" for a "<".');
  if (next === hole) throw templateMisuse('html/dynamic-name', source, at + 1);
  if (/[A-Za-z]/.test(next)) return readElement(reading, at);
  if (next === '!') return readDeclaration(reading, at);
  if (next === '?') throw templateMisuse('html/malformed-template', source, at, 'Write "&lt;?" for text.');
  if (next !== '/') return at + 1;
  if (source[at + 2] === hole) throw templateMisuse('html/dynamic-name', source, at + 2);
  if (source[at + 2] === undefined) throw templateMisuse('html/unfinished-template', source, at);
  const { name, end } = readEndTag(source, at);
  closeElement(reading, name, at);
  return end;
}

/** Comments and doctypes hold no holes: a comment has no escape for what ends it. */
function readDeclaration(reading: Reading, at: number): number {
  const { source } = reading;
  if (source.startsWith('<!--', at)) {
    const end = readUntil(source, at, at + 4, '-->');
    // `<!-->`, `<!--->` and `--!>` end a comment too (HTML standard, 13.2.5.43 to 13.2.5.52).
    if (!/^-?>|--!>/.test(source.slice(at + 4, end))) return end;
    throw templateMisuse('html/malformed-template', source, at, 'End the comment with "-->" alone.');
  }
  if (/^<!doctype[\t\n\f\r >]/i.test(source.slice(at, at + 10))) {
    reading.isDocument = true;
    return readUntil(source, at, at + 9, '>');
  }
  if (source[at + 2] === hole) throw templateMisuse('html/hole-in-comment', source, at + 2);
  throw templateMisuse('html/malformed-template', source, at, 'Only <!-- and <!doctype start with "<!".');
}

/** Behind `terminator`, which no hole may stand in front of. */
function readUntil(source: string, at: number, from: number, terminator: string): number {
  const found = source.indexOf(terminator, from);
  const hit = source.indexOf(hole, from);
  if (hit !== -1 && (found === -1 || hit < found)) throw templateMisuse('html/hole-in-comment', source, hit);
  if (found !== -1) return found + terminator.length;
  throw templateMisuse('html/unfinished-template', source, at, `Close it with "${terminator}".`);
}

function readElement(reading: Reading, at: number): number {
  const { source, foreign } = reading;
  const tag = readStartTag(source, at);
  const obsolete = obsoleteTags.get(tag.name);
  if (obsolete) throw templateMisuse('html/malformed-template', source, at, obsolete);
  if (reading.inSelect && endsSelect.has(tag.name)) {
    const fix = `<${tag.name}> ends the <select> around it: write </select> in front of it.`;
    throw templateMisuse('html/malformed-template', source, at, fix);
  }
  if (tag.name === 'select') reading.inSelect = true;
  if (reading.inSelect && droppedInSelect.has(tag.name)) {
    const fix = `A <select> drops <${tag.name}>, and reads its content as markup: put it outside.`;
    throw templateMisuse('html/malformed-template', source, at, fix);
  }
  if (documentTags.has(tag.name)) reading.isDocument = true;
  const inForeign = foreign.isOpen() || tag.name === 'svg' || tag.name === 'math';
  if (inForeign) {
    const problem = foreign.start(tag.name, tag.selfClosing);
    if (problem) throw templateMisuse('html/foreign-content', source, at, problem);
  }
  if (!sameInForeign(source, tag) || reading.asForeign.start(tag.name, tag.selfClosing)) {
    reading.fitsForeign = false;
  }
  if (takesNonce(source, tag)) {
    const behindName = at + 1 + tag.name.length;
    reading.cuts.push({ start: behindName, end: behindName, before: nonceSlot, hole: undefined });
    reading.slotted = true;
  }
  for (const cut of attributeCuts(source, tag, reading.holes)) {
    reading.cuts.push(cut);
  }
  reading.holes += source.slice(tag.start, tag.end).split(hole).length - 1;
  if (inForeign || !switching.has(tag.name)) return tag.end;
  if (tag.name !== 'pre' && tag.name !== 'listing') return readRaw(reading, tag);
  if (source.startsWith(hole, tag.end)) return readTextHole(reading, tag.end, dropped);
  // What follows is of another template.
  if (tag.end === source.length) {
    reading.cuts.push({ start: tag.end, end: tag.end, before: dropped, hole: undefined });
  }
  return tag.end;
}

const documentTags: ReadonlySet<string> = new Set(['html', 'head', 'body']);

/** Elements that change how all that follows, or all that came before, is read. */
const obsoleteTags: ReadonlyMap<string, string> = new Map([
  // Replaces the body if no text came before it, so that an empty value would take the page away.
  ['frameset', 'Use <iframe>: <frameset> can replace the whole body.'],
  ['plaintext', 'Use <pre>: nothing can close <plaintext>.'],
]);

/** Tags that a `<select>` drops, without their content, in the parsers that do not yet let it hold any element. */
const droppedInSelect: ReadonlySet<string> = new Set('title style xmp iframe noembed noframes'.split(' '));

/** Start tags that end a `<select>`. What is open in it then, such as a link, goes on behind it in some browsers. */
const endsSelect: ReadonlySet<string> = new Set('input keygen select textarea'.split(' '));

/** The parser drops a line feed that follows `<pre>` or `<textarea>`: this one, instead of what comes behind. */
const dropped = '\n';

/** A `<title>` without markup reads the same by both sets of rules, and is what a graphic's parts are labelled with. */
function sameInForeign(source: string, tag: StartTag): boolean {
  if (tag.name === 'title') return source.startsWith('</', source.indexOf('<', tag.end));
  return !switching.has(tag.name);
}

function closeElement(reading: Reading, name: string, at: number): void {
  if (name === 'select') reading.inSelect = false;
  if (reading.foreign.isOpen()) {
    const problem = reading.foreign.end(name);
    if (problem) throw templateMisuse('html/foreign-content', reading.source, at, problem);
  }
  if (reading.asForeign.end(name)) reading.fitsForeign = false;
}

/** Elements whose content is not markup. */
function readRaw(reading: Reading, tag: StartTag): number {
  const { source } = reading;
  const { end, holes } = readRawContent(source, tag);
  if (tag.name === 'noscript') requireWhole(source, tag, end);
  for (const { at, kind } of holes) {
    const index = reading.holes;
    if (kind === 'json' || kind === 'script-value') add(reading, at, { kind, index });
    else if (kind === 'plain-text') {
      refuseHalfReference(source, at);
      const leads = at === tag.end && tag.name === 'textarea';
      add(reading, at, { kind, index, place: `<${tag.name}>` }, leads ? dropped : '');
    } else {
      // With the white space around it, which a hash of the content would count in.
      reading.cuts.push({ start: tag.end, end, before: '', hole: { kind, index, spot: { source, at } } });
      reading.holes += 1;
    }
  }
  return end;
}

/** A parser without scripting reads a `<noscript>` as markup: its end is the same if that ends where the text does. */
function requireWhole(source: string, tag: StartTag, end: number): void {
  try {
    compileTemplate([source.slice(tag.end, end)]);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    const fix = `Where scripts are off, the content of <noscript> is markup: ${error.hint}`;
    throw templateMisuse('html/malformed-template', source, tag.start, fix);
  }
}

function add(reading: Reading, at: number, target: Hole, before = ''): void {
  reading.cuts.push({ start: at, end: at + 1, before, hole: target });
  reading.holes += 1;
}

/** Until the whole template was read. */
function unread(source: string, at: number, foreign: boolean): Place {
  return { foreign, refuses: 0, passes: 0, ordered: false, enters: 0, spot: { source, at } };
}

function assemble(reading: Reading): CallSite {
  const { source, cuts, holes, fitsForeign, asForeign, slotted } = reading;
  const textHoles = cuts.filter((cut) => cut.hole?.kind === 'text').map(({ start }) => start);
  const { places, effects } = readPlaces(source, textHoles, reading.isDocument);
  let read = 0;
  const texts: string[] = [];
  const found: QuickHole[] = [];
  let at = 0;
  let text = '';
  for (const cut of cuts) {
    text += source.slice(at, cut.start) + cut.before;
    at = cut.end;
    if (cut.hole === undefined) continue;
    texts.push(text);
    if (cut.hole.kind === 'text') {
      const place = { ...cut.hole.place, ...places[read] };
      read += 1;
      found.push(quickHole({ ...cut.hole, place }));
    } else found.push(quickHole(cut.hole));
    text = '';
  }
  texts.push(text + endedReference(source.slice(at)));
  if (read !== places.length || read !== textHoles.length)
    throw new Error('A hole of a template has no place.');
  const fits = fitsForeign && !asForeign.isOpen();
  return { count: holes, texts, holes: found, fitsForeign: fits, effects, slotted };
}

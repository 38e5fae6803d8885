import { Misuse } from '../refusal/misuse.ts';
import { lexPostgres, type Place } from './lex-postgres.ts';
import { hole, templateMisuse } from './template-misuse.ts';

/** One place in the source code where the tag stands: read once, whatever values come later. */
export interface Site {
  readonly texts: readonly string[];
  /** The same as one string, with a NUL for each hole. */
  readonly source: string;
  /** How events name the statement. */
  readonly shown: string;
  readonly places: readonly Place[];
  readonly beforeEscape: readonly number[];
  readonly endsInComment: boolean;
  readonly blank: boolean;
  /** The text by dialect, for when all holes are values. */
  readonly flat: Map<string, string>;
}

const sites = new WeakMap<readonly string[], Site>();

/**
 * The site of a template. JavaScript gives each call site one frozen array of strings, which is the key; a `Misuse`
 * where the template cannot be safe, or where this array was made by hand (CWE-89 by `sql(['...'])`).
 */
export function siteOf(strings: TemplateStringsArray, count: number): Site {
  const known = sites.get(strings);
  // The count each time: called as a function, a known template with values missing would lose its last conditions.
  if (!(known || isTemplate(strings)) || strings.length !== count + 1) throw new Misuse('sql/not-a-template');
  if (known) return known;
  refuseLostBackslash(strings);
  const site = readSite(strings);
  sites.set(strings, site);
  return site;
}

/** Reads texts with a hole between each two of them. */
export function readSite(texts: readonly string[]): Site {
  for (const text of texts) {
    if (text.includes(hole)) throw new Misuse('sql/ambiguous-text', 'The text holds a NUL.');
  }
  const source = texts.join(hole);
  return Object.freeze({
    texts: Object.freeze([...texts]),
    source,
    shown: source.replaceAll(hole, `\${...}`).replace(/\s+/g, ' ').trim().slice(0, 200),
    ...lexPostgres(source),
    flat: new Map<string, string>(),
  });
}

/** A site without text of its own, for fragments in a row. */
export function bareSite(holes: number): Site {
  return {
    texts: new Array<string>(holes + 1).fill(''),
    source: '',
    shown: '',
    places: [],
    beforeEscape: [],
    endsInComment: false,
    blank: true,
    flat: new Map(),
  };
}

function isTemplate(strings: unknown): strings is TemplateStringsArray {
  if (!Array.isArray(strings) || !Object.isFrozen(strings)) return false;
  const raw = Object.getOwnPropertyDescriptor(strings, 'raw');
  return (
    raw !== undefined &&
    !raw.enumerable &&
    Array.isArray(raw.value) &&
    Object.isFrozen(raw.value) &&
    raw.value.length === strings.length &&
    strings.length > 0
  );
}

/** `'\d+'` reaches the tag as `'d+'`: JavaScript drops a backslash that it does not know. */
function refuseLostBackslash(strings: TemplateStringsArray): void {
  const source = strings.raw.join(hole);
  const lost = /(?<!\\)(?:\\\\)*\\(?![\\bfnrtv0xu'"`$\n\r{])/.exec(source);
  if (lost) {
    throw templateMisuse('sql/ambiguous-text', source, lost.index + lost[0].length - 1, lostHint);
  }
  // A malformed \x or \u leaves no text at all.
  if (strings.some((text) => text === undefined)) {
    throw new Misuse('sql/ambiguous-text', 'An escape of JavaScript in it is malformed.', { hint: lostHint });
  }
}

const lostHint = 'JavaScript drops this backslash before SQL sees it. Write it twice.';

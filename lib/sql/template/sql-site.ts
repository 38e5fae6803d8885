import { Misuse } from '../../refusal/misuse.ts';
import { type DialectName, dialectNames } from '../lex/dialect-name.ts';
import { type Lexed, readTemplate } from '../lex/read-template.ts';
import { hole, templateMisuse } from '../lex/template-misuse.ts';
import { createShapes, type Shapes } from './shape.ts';

/** One place in the source code where the tag stands: read once, whatever values come later. */
export interface Site {
  readonly texts: readonly string[];
  /** The same as one string, with a NUL for each hole. */
  readonly source: string;
  /** How events name the statement. */
  readonly shown: string;
  /** As the first dialect reads it that takes it. */
  readonly first: Reading;
  /** As each dialect reads it, once it was written in that dialect. */
  readonly readings: { [D in DialectName]?: Reading };
}

export interface Reading extends Lexed {
  /** The text for when all holes are values, once it was written. */
  flat: string | undefined;
  /** The names under which texts of this place are prepared on servers. Undefined where it is no template. */
  readonly names: Map<string, string> | undefined;
  /** The texts with fragments in them. Undefined where it is no template. */
  readonly shapes: Shapes | undefined;
}

const sites = new WeakMap<readonly string[], Site>();

/**
 * The site of a template. JavaScript gives each call site one frozen array of strings, which is the key; a `Misuse`
 * where the template cannot be safe in any dialect, or where this array was made by hand (CWE-89 by `sql(['...'])`).
 */
export function siteOf(strings: TemplateStringsArray, count: number): Site {
  const known = sites.get(strings);
  // The count each time: called as a function, a known template with values missing would lose its last conditions.
  if (!(known || isTemplate(strings)) || strings.length !== count + 1) throw new Misuse('sql/not-a-template');
  if (known) return known;
  refuseLostBackslash(strings.raw);
  // A malformed \x or \u leaves no text at all.
  if (strings.some((text) => text === undefined)) {
    throw new Misuse('sql/ambiguous-text', 'It holds a malformed JavaScript escape.', { hint: lostHint });
  }
  const site = readSite(strings, true);
  sites.set(strings, site);
  return site;
}

/**
 * Reads texts with a hole between each two of them. Which database they are for is not known yet: they are read in each
 * dialect until one takes them, and again by `readingOf` in the one that they are written for.
 */
export function readSite(texts: readonly string[], prepared = false): Site {
  for (const text of texts) {
    if (text.includes(hole)) throw new Misuse('sql/ambiguous-text', 'The text holds a NUL.');
  }
  const source = texts.join(hole);
  const { dialect, reading } = firstReading(source, prepared);
  return Object.freeze({
    texts: Object.freeze([...texts]),
    source,
    shown: source.replaceAll(hole, `\${...}`).replace(/\s+/g, ' ').trim().slice(0, 200),
    first: reading,
    readings: { postgres: undefined, mysql: undefined, sqlite: undefined, [dialect]: reading } as never,
  });
}

/** How a dialect reads the site. A `Misuse` where it would not be safe there. */
export function readingOf(site: Site, dialect: DialectName): Reading {
  const known = site.readings[dialect];
  if (known) return known;
  const reading = read(site.source, dialect, site.first.names !== undefined);
  site.readings[dialect] = reading;
  return reading;
}

function firstReading(source: string, prepared: boolean): { dialect: DialectName; reading: Reading } {
  let first: unknown;
  for (const dialect of dialectNames) {
    try {
      return { dialect, reading: read(source, dialect, prepared) };
    } catch (mistake) {
      if (!(mistake instanceof Misuse)) throw mistake;
      first ??= mistake;
    }
  }
  throw first;
}

function read(source: string, dialect: DialectName, prepared: boolean): Reading {
  return {
    ...{ ...readTemplate(source, dialect), flat: undefined },
    ...{ names: prepared ? new Map() : undefined, shapes: prepared ? createShapes() : undefined },
  };
}

/** One text of the site, without a semicolon at its end. */
export function textAt({ texts, source }: Site, { end }: Reading, index: number): string {
  const text = texts[index] ?? '';
  return end === undefined || index < texts.length - 1
    ? text
    : text.slice(0, end - (source.length - text.length));
}

/** A site without text of its own, for fragments in a row. Those of usual lengths are kept. */
export function bareSite(holes: number): Site {
  const known = bareSites[holes];
  if (known) return known;
  const site: Site = {
    ...{ texts: new Array<string>(holes + 1).fill(''), source: '', shown: '' },
    first: bareReading,
    readings: bareReadings,
  };
  if (holes <= mostKept) bareSites[holes] = site;
  return site;
}

const mostKept = 64;
const bareSites: Site[] = [];
const bareReading: Reading = Object.freeze({
  ...{ places: [], lists: [], beforeEscape: [], endsInComment: false, blank: true, end: undefined },
  flat: undefined,
  ...{ names: undefined, shapes: undefined },
});
const bareReadings: Site['readings'] = Object.freeze({
  ...{ postgres: bareReading, mysql: bareReading, sqlite: bareReading },
});

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
export function refuseLostBackslash(raw: readonly string[]): void {
  const source = raw.join(hole);
  const lost = /(?<!\\)(?:\\\\)*\\(?![\\bfnrtv0xu'"`$\n\r{])/.exec(source);
  if (lost) {
    throw templateMisuse('sql/ambiguous-text', source, lost.index + lost[0].length - 1, lostHint);
  }
}

const lostHint = 'JavaScript drops this backslash before SQL sees it. Write it twice.';

import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { contentOf, isSql } from '../query.ts';
import { misplacedValue } from '../template/misplaced-value.ts';
import { type Reading, readingOf, type Site, textAt } from '../template/sql-site.ts';
import type { BoundValue } from '../value/sql-value.ts';
import { outline } from './outline.ts';
import { chosen, type Template, walk } from './walk.ts';
import { createWriter } from './writer.ts';

/** One statement: its text, and the values for its placeholders in order. */
export interface Statement {
  readonly text: string;
  readonly values: BoundValue[];
  /** How logs name it: the template, without its values. */
  readonly shown: string;
  /** What is known of the place in the code that it comes from. */
  readonly reading: Reading;
}

/** Together with four bytes for each UTF-16 unit this stays below the 1 GB that PostgreSQL takes in one message. */
const maxCharacters = 250_000_000;

/**
 * The statement that a fragment stands for, in a dialect. A `Misuse` for anything that the tag did not make, such as a
 * string that was built, and for a template that this dialect reads in another way than it was meant.
 */
export function render(query: unknown, dialect: Dialect): Statement {
  if (!isSql(query)) throw notSql(query);
  const content = chosen(contentOf(query), dialect);
  if (content.kind !== 'template') throw new Misuse('sql/empty-statement');
  const statement = renderFlat(content, dialect) ?? renderNested(content, dialect);
  refuseTooLarge(statement, dialect);
  return statement;
}

/** Where every hole is a value, the text is the same each time. */
function renderFlat({ site, holes, fragments }: Template, dialect: Dialect): Statement | undefined {
  const reading = readingOf(site, dialect.name);
  // What is no template, such as a list by itself, has no text that is kept.
  if (fragments !== 0 || reading.shapes === undefined || (reading.blank && holes.length === 0))
    return undefined;
  const values = [...holes] as BoundValue[];
  refuseLists(values, dialect);
  reading.flat ??= writeFlat(site, reading, dialect);
  return { text: reading.flat, values, shown: site.shown, reading };
}

function writeFlat(site: Site, reading: Reading, dialect: Dialect): string {
  const writer = createWriter(dialect);
  site.texts.forEach((_, i) => {
    writer.text(textAt(site, reading, i));
    if (i === site.texts.length - 1) return;
    refuseMisplaced(site, reading, i);
    writer.value(null, 'value');
  });
  return writer.written().text;
}

function renderNested(root: Template, dialect: Dialect): Statement {
  const { site } = root;
  const reading = readingOf(site, dialect.name);
  const known = reading.shapes === undefined ? undefined : outline(root, dialect, reading.shapes);
  if (known?.shape?.text !== undefined) {
    refuseLists(known.values, dialect);
    return { text: known.shape.text, values: known.values, shown: site.shown, reading };
  }
  const { text, values } = write(root, dialect);
  if (known?.shape) known.shape.text = text;
  refuseLists(values, dialect);
  return { text, values, shown: site.shown, reading };
}

function write(root: Template, dialect: Dialect): { text: string; values: BoundValue[] } {
  const writer = createWriter(dialect);
  let blank = true;
  walk(root, dialect, {
    open({ site }, reading) {
      blank &&= reading.blank;
      writer.separate();
      writer.text(textAt(site, reading, 0));
    },
    text: (site, reading, index) => writer.text(textAt(site, reading, index + 1)),
    value(value, site, reading, index) {
      blank = false;
      refuseMisplaced(site, reading, index);
      writer.value(value, 'value');
    },
    leaf(content) {
      blank = false;
      if (content.kind === 'name') writer.name(content.path);
      else if (content.kind === 'pattern') writer.value(dialect.writePattern(content), 'pattern');
      else writer.value(content.value, 'json');
    },
    close(reading) {
      if (reading.endsInComment) writer.text('\n');
      writer.separate();
    },
  });
  if (blank) throw new Misuse('sql/empty-statement');
  return writer.written();
}

function refuseMisplaced(site: Site, reading: Reading, index: number): void {
  const place = reading.places[index];
  if (place !== undefined && place !== 'value') throw misplacedValue(site.source, index, place);
}

/** A client sends a list by naming a parameter twice, so this is its error and not the developer's. */
function refuseLists(values: readonly BoundValue[], { takesLists }: Dialect): void {
  if (!takesLists && values.some(Array.isArray)) {
    refuse(deny('sql/object-as-value', { type: 'list' }, listHint));
  }
}

const listHint =
  'This database has no arrays. If one value is expected, check its type where the request comes in. For a list, put `sql.in(list)` into the hole, without the word `in`.';

function refuseTooLarge({ text, values }: Statement, { maxValues }: Dialect): void {
  let characters = text.length;
  for (const value of values) characters += sizeOf(value);
  if (values.length > maxValues || characters > maxCharacters) {
    refuse(deny('sql/too-large', { values: values.length, characters }));
  }
}

function sizeOf(value: BoundValue): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  if (!Array.isArray(value)) return 32;
  let size = 0;
  for (const item of value as readonly BoundValue[]) size += sizeOf(item) + 3;
  return size;
}

function notSql(query: unknown): Misuse {
  return new Misuse('sql/string-built-query', `It is ${query === null ? 'null' : `a ${typeof query}`}.`);
}

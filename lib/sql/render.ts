import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { Dialect } from './dialect.ts';
import { type Content, contentOf, isSql, type Sql } from './query.ts';
import type { BoundValue } from './sql-value.ts';

/** One statement: its text, and the values for its placeholders in order. */
export interface Statement {
  readonly text: string;
  readonly values: BoundValue[];
}

type Template = Extract<Content, { kind: 'template' }>;

/** Together with four bytes for each UTF-16 unit this stays below the 1 GB that PostgreSQL takes in one message. */
const maxCharacters = 250_000_000;

/**
 * The statement that a fragment stands for, in a dialect. A `Misuse` for anything that the tag did not make, such as a
 * string that was built.
 */
export function render(query: unknown, dialect: Dialect): Statement {
  if (!isSql(query)) throw notSql(query);
  const content = contentOf(query);
  const flat = content.kind === 'template' ? renderFlat(content, dialect) : undefined;
  const statement = flat ?? renderNested(query, dialect);
  refuseTooLarge(statement, dialect);
  return statement;
}

/** Where every hole is a value, the text is the same each time. */
function renderFlat({ site, holes }: Template, dialect: Dialect): Statement | undefined {
  if ((site.blank && holes.length === 0) || holes.some(isSql)) return undefined;
  const values = [...holes] as BoundValue[];
  const known = site.flat.get(dialect.name);
  if (known !== undefined) return { text: known, values };
  const writer = createWriter(dialect);
  site.texts.forEach((text, i) => {
    writer.text(text);
    if (i < values.length) writer.value(values[i] as BoundValue, 'value');
  });
  site.flat.set(dialect.name, writer.statement().text);
  return { text: writer.statement().text, values };
}

interface Frame {
  readonly content: Template;
  next: number;
}

/** A stack of its own: conditions that a loop nests one into the other can be deeper than the engine's. */
function renderNested(query: Sql, dialect: Dialect): Statement {
  const writer = createWriter(dialect);
  const frames: Frame[] = [];
  let blank = true;

  function enter(content: Content): void {
    if (content.kind !== 'template') {
      blank = false;
      if (content.kind === 'name') writer.name(content.path);
      else writer.value(content.value, content.kind);
      return;
    }
    blank &&= content.site.blank;
    writer.separate();
    writer.text(content.site.texts[0] ?? '');
    frames.push({ content, next: 0 });
  }

  enter(contentOf(query));
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const { site, holes } = frame.content;
    const index = frame.next++;
    if (index > 0) writer.text(site.texts[index] ?? '');
    if (index === holes.length) {
      if (site.endsInComment) writer.text('\n');
      writer.separate();
      frames.pop();
      continue;
    }
    const hole = holes[index] as BoundValue | Sql;
    if (isSql(hole)) enter(contentOf(hole));
    else {
      blank = false;
      writer.value(hole, 'value');
    }
  }
  if (blank) throw new Misuse('sql/empty-statement');
  return writer.statement();
}

// The white space of PostgreSQL. That of JavaScript has U+00A0 in it, which is a letter of names there.
const spaceOrOpen = /[ \t\n\r\f(,]/;
const spaceOrClose = /^[ \t\n\r\f),]/;

interface Writer {
  text(text: string): void;
  value(value: BoundValue, as: 'value' | 'pattern' | 'json'): void;
  name(path: readonly string[]): void;
  /** What comes next is another piece: no token may grow out of the end of one and the start of the other. */
  separate(): void;
  statement(): Statement;
}

function createWriter(dialect: Dialect): Writer {
  let out = '';
  /** Kept apart, because reading the end of a string that is being built would copy all of it. */
  let end = '';
  let apart = false;
  let afterPlaceholder = false;
  const values: BoundValue[] = [];

  function text(more: string): void {
    if (more === '') return;
    if (apart && end !== '' && !spaceOrOpen.test(end) && !spaceOrClose.test(more)) out += ' ';
    apart = false;
    afterPlaceholder = false;
    out += more;
    end = more.slice(-1);
  }

  return {
    text,
    // The lexer keeps words and digits away from holes; only two placeholders can meet.
    value(value, as) {
      values.push(value);
      apart ||= afterPlaceholder;
      text(dialect.placeholder(values.length, as));
      afterPlaceholder = true;
    },
    name(path) {
      apart = true;
      text(path.map(dialect.quoteName).join('.'));
      apart = true;
    },
    separate() {
      apart = true;
    },
    statement: () => ({ text: out, values }),
  };
}

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

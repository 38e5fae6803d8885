import { Misuse } from '../../refusal/misuse.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { type Content, contentOf, isSql, type Sql } from '../query.ts';
import { type Reading, readingOf, type Site } from '../template/sql-site.ts';
import type { BoundValue } from '../value/sql-value.ts';

export type Template = Extract<Content, { kind: 'template' }>;
export type Leaf = Exclude<Content, { kind: 'template' | 'choice' }>;

/** Is told of the parts of a statement, in the order in which they are written. */
export interface Visitor {
  open(content: Template, reading: Reading): void;
  /** The text behind the hole with this index. */
  text(site: Site, reading: Reading, index: number): void;
  value(value: BoundValue, site: Site, reading: Reading, index: number): void;
  leaf(content: Leaf): void;
  close(reading: Reading): void;
}

interface Frame {
  readonly content: Template;
  readonly reading: Reading;
  next: number;
}

/** Walks through a fragment. With a stack of its own: conditions that a loop nests can be deeper than the engine's. */
export function walk(root: Template, dialect: Dialect, visitor: Visitor): void {
  const frames: Frame[] = [];

  function enter(from: Content): void {
    const content = chosen(from, dialect);
    if (content.kind !== 'template') {
      visitor.leaf(content);
      return;
    }
    const reading = readingOf(content.site, dialect.name);
    visitor.open(content, reading);
    frames.push({ content, reading, next: 0 });
  }

  enter(root);
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const { reading } = frame;
    const { site, holes, fragments } = frame.content;
    const index = frame.next++;
    if (index > 0) visitor.text(site, reading, index - 1);
    if (index === holes.length) {
      visitor.close(reading);
      frames.pop();
      continue;
    }
    const hole = holes[index] as BoundValue | Sql;
    if (fragments === -1 ? isSql(hole) : (fragments >> index) & 1) enter(contentOf(hole as Sql));
    else visitor.value(hole as BoundValue, site, reading, index);
  }
}

/** Fragments that choose by dialect may choose one that chooses again; nobody writes more of them. */
const mostChoices = 16;

export function chosen(content: Content, dialect: Dialect): Template | Leaf {
  let found = content;
  for (let i = 0; found.kind === 'choice'; i++) {
    if (i === mostChoices) throw new Misuse('sql/invalid-part', 'Its choices are endless.');
    found = contentOf(found.choose(dialect.name));
  }
  return found;
}

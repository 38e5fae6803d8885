import { type Brand, brand } from '../internal/shared.ts';
import type { Pattern } from './dialect/dialect.ts';
import type { DialectName } from './lex/dialect-name.ts';
import type { Site } from './template/sql-site.ts';
import type { BoundValue } from './value/sql-value.ts';

declare const madeByTheSqlTag: unique symbol;

/**
 * A statement or a fragment whose text comes from a developer and whose values are sent separately.
 *
 * Only `sql`, its helpers and `bulwark/unsafe/sql` can create one. It is frozen and recognised by identity: JSON, a
 * spread or a copy of it is a plain object, and is refused.
 */
export interface Sql {
  readonly [madeByTheSqlTag]: true;
}

/** What a fragment stands for. A dialect decides how each kind is written. */
export type Content =
  /** Static texts with a hole between each two of them. */
  | {
      readonly kind: 'template';
      readonly site: Site;
      readonly holes: readonly Hole[];
      /** Which holes are fragments: a bit for each of the first 30, or -1 where there are more holes. 0 for none. */
      readonly fragments: number;
    }
  /** A name, or a path of them such as schema and table. Each is quoted. `list` is true for an array column. */
  | { readonly kind: 'name'; readonly path: readonly string[]; readonly list?: boolean }
  /** A value that is a LIKE pattern. */
  | ({ readonly kind: 'pattern' } & Pattern)
  /** A value that is JSON text. */
  | { readonly kind: 'json'; readonly value: string }
  /** What the dialects write differently, chosen when the statement is written. */
  | { readonly kind: 'choice'; choose(this: void, dialect: DialectName): Sql };

export type Hole = BoundValue | Sql;

// JSON cannot carry a symbol, and loggers that walk properties do not print what stands under one.
const content: unique symbol = Symbol.for('bulwark.sql.content') as never;
const inspect = Symbol.for('nodejs.util.inspect.custom');

class Fragment {
  readonly [content]: Content;

  constructor(of: Content) {
    this[content] = of;
    Object.freeze(this);
  }

  get [Symbol.toStringTag](): string {
    return 'Sql';
  }

  /** Values may be personal or secret, so that consoles and loggers show the text alone. */
  [inspect](): string {
    const of = this[content];
    if (of.kind !== 'template') return `Sql (${of.kind})`;
    return `Sql \`${of.site.texts.join(`\${...}`)}\``;
  }
}

const fragments: Brand<Fragment> = brand<Fragment>('sql');

export function fragment(of: Content): Sql {
  return fragments.add(new Fragment(of)) as unknown as Sql;
}

/** A fragment that has properties of its own as well, such as a table with its columns. It is frozen. */
export function fragmentAs<T extends object>(of: Content, shape: T): T & Sql {
  // Each attribute is named, because a polluted prototype would fill in those that are not.
  const attributes = { __proto__: null, value: of, enumerable: false, writable: false, configurable: false };
  Object.defineProperty(shape, content, attributes as PropertyDescriptor);
  fragments.add(Object.freeze(shape) as Fragment & T);
  return shape as T & Sql;
}

/**
 * Whether the value was created by the `sql` tag or its helpers. Throws a `Misuse` if another, incompatible copy of
 * bulwark created it.
 */
export function isSql(value: unknown): value is Sql {
  return fragments.has(value);
}

/** A fragment of texts and what stands between them. */
export function template(site: Site, holes: readonly Hole[], fragments: number = fragmentsIn(holes)): Sql {
  return fragment({ kind: 'template', site, holes: Object.freeze(holes), fragments });
}

/** The bits of `fragments` can name this many holes. */
export const namedHoles = 30;

function fragmentsIn(holes: readonly Hole[]): number {
  let found = 0;
  for (let i = 0; i < holes.length; i++) if (isSql(holes[i])) found |= i < namedHoles ? 1 << i : -1;
  return found === 0 || holes.length <= namedHoles ? found : -1;
}

export function contentOf(sql: Sql): Content {
  return (sql as unknown as Fragment)[content];
}

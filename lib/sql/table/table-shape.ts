import { Misuse } from '../../refusal/misuse.ts';
import { type Content, fragment, fragmentAs, isSql, type Sql } from '../query.ts';
import type { Column } from './column-value.ts';

/** What a table is made of. */
export interface TableShape {
  readonly path: readonly string[];
  /** How errors name it. */
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
}

// No string names it, so that a column may be called anything.
const shape: unique symbol = Symbol.for('bulwark.sql.table') as never;
const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A fragment with a fragment for each column. What it does not have is a `Misuse`, because `undefined` in a hole would
 * look like a client's mistake.
 */
export function makeTable(table: TableShape, of: Content, qualifier: readonly string[]): object & Sql {
  const made = Object.create(strictPrototype(table)) as object;
  for (const { key, name, list } of table.columns.values()) {
    const value = fragment({ kind: 'name', path: Object.freeze([...qualifier, name]), list });
    define(made, key, value, true);
  }
  define(made, shape, table, false);
  return fragmentAs(of, made);
}

/** Without a prototype, as a polluted one would add attributes (`get` makes it throw). */
function define(made: object, key: PropertyKey, value: unknown, enumerable: boolean): void {
  const attributes = { __proto__: null, value, enumerable, writable: false, configurable: false };
  Object.defineProperty(made, key, attributes as PropertyDescriptor);
}

/** A `Misuse` for what `sql.table` and its like did not make. */
export function shapeOf(table: unknown): TableShape {
  const found = isSql(table) ? (table as unknown as { readonly [shape]?: TableShape })[shape] : undefined;
  if (found) return found;
  throw new Misuse('sql/wrong-columns', 'The first argument is not a table of `sql.table`.');
}

/** Properties that consoles, `await`, JSON.stringify and test runners ask any object for. */
const askedOfAnything: ReadonlySet<string> = new Set([
  ...[
    'then',
    'toJSON',
    'constructor',
    'valueOf',
    'inspect',
    '$$typeof',
    'asymmetricMatch',
    'toAsymmetricMatcher',
  ],
  ...['nodeType', 'tagName', 'nodeName', '@@__IMMUTABLE_ITERABLE__@@', '@@__IMMUTABLE_RECORD__@@'],
]);

function strictPrototype({ name }: TableShape): object {
  return new Proxy(Object.freeze(Object.create(null) as object), {
    get(_, key) {
      if (key === Symbol.toStringTag) return 'Sql';
      if (key === inspect) return () => `Sql (table ${name})`;
      if (typeof key === 'symbol' || askedOfAnything.has(key)) return undefined;
      if (key === 'toString') return () => '[object Sql]';
      throw new Misuse('sql/wrong-columns', `${name} has no column ${JSON.stringify(key.slice(0, 100))}.`);
    },
  });
}

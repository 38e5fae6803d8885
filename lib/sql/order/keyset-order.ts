import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readExpression } from '../fragment/expression.ts';
import type { Sql } from '../query.ts';
import { type KeysetType, keysetTypes } from './keyset-type.ts';
import { type Nulls, type Ordered, readNulls } from './order-term.ts';
import { checkSortKey, endOrder, readDefault, readMax, readSort, readUnique } from './sort-terms.ts';

/** What a page can be sorted by. `nulls` where the column can be NULL, and only there. */
export interface KeysetColumn {
  readonly column: string | Sql;
  readonly type: KeysetType;
  readonly nulls?: Nulls;
}

/** One key of the order of a keyset. */
export interface KeysetTerm extends Ordered {
  readonly key: string;
  readonly descending: boolean;
  readonly type: KeysetType;
}

type Definition = Ordered & { readonly type: KeysetType };

export interface OrderSettings {
  readonly sort: unknown;
  readonly default: string | readonly string[] | undefined;
  readonly unique: string | undefined;
  readonly max: number | undefined;
}

/** The order of a page: what the client asked for or else the default, and the unique key as the last one. */
export function keysetOrder(
  columns: Readonly<Record<string, KeysetColumn>>,
  settings: OrderSettings,
): readonly KeysetTerm[] {
  const known = readColumns(columns);
  const max = readMax(settings.max);
  const unique = readUnique(settings.unique, known, 'sql/invalid-keyset');
  const fallback = settings.default === undefined ? [unique] : readDefault(settings.default, known);
  const asked = readSort(settings.sort, known, max);
  const terms = endOrder(asked.length > 0 ? asked : fallback, unique);
  return terms.map((term) => ({ ...term, ...(known.get(term.key) as Definition) }));
}

function readColumns(columns: Readonly<Record<string, KeysetColumn>>): ReadonlyMap<string, Definition> {
  return new Map(
    Object.entries(columns).map(([key, given]) => {
      checkSortKey(key);
      if (given === null || typeof given !== 'object') throw notColumn(key);
      const { column, type, nulls } = knownOptions(given, ['column', 'type', 'nulls']);
      if (type === undefined || !keysetTypes.includes(type)) throw notColumn(key);
      return [key, { expression: readExpression(column), nulls: readNulls(nulls), type }];
    }),
  );
}

function notColumn(key: string): Misuse {
  const types = keysetTypes.join(', ');
  return new Misuse(
    'sql/invalid-keyset',
    `${JSON.stringify(key)} is not { column, type } with one of ${types}.`,
  );
}

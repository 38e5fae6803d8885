import { record } from '../../event/record.ts';
import { Misuse } from '../../refusal/misuse.ts';

/** A key, or with a minus in front of it, descending. */
export type SortKey<K extends string> = K | `-${K}`;

/** One key of an order. */
export interface Term {
  readonly key: string;
  readonly descending: boolean;
}

type Known = ReadonlyMap<string, { readonly nulls: unknown }>;

/** A `Misuse` for a key that no client could write. */
export function checkSortKey(key: string): void {
  if (key === '' || key.trim() !== key || key.startsWith('-') || key.includes(',')) {
    throw new Misuse('sql/invalid-sort', `No client could send the key ${JSON.stringify(key)}.`);
  }
}

/** How many keys of a client's count. */
export function readMax(max: number | undefined): number {
  const found = max ?? 3;
  if (Number.isSafeInteger(found) && found >= 1 && found <= 16) return found;
  throw new Misuse('bulwark/invalid-option', '`max` takes a whole number from 1 to 16.');
}

/** The order that a developer wrote. A `Misuse` where it names a key that is not among the columns. */
export function readDefault(keys: unknown, known: Known): readonly Term[] {
  const terms = (Array.isArray(keys) ? keys : [keys]).map((key) => readTerm(String(key)));
  // No key has a comma.
  if (terms.some(({ key }) => key.includes(','))) {
    throw new Misuse('sql/invalid-sort', "`default` takes a list of keys: `['-price', 'name']`.");
  }
  if (terms.length === 0 || !terms.every(({ key }) => known.has(key))) {
    throw new Misuse('sql/invalid-sort', 'The default names a key that is not among the columns.');
  }
  return terms;
}

/** The key that no two rows share. A `Misuse` where it is not one key of the columns, or can be NULL. */
export function readUnique(
  key: unknown,
  known: Known,
  code: 'sql/invalid-sort' | 'sql/invalid-keyset',
): Term {
  const term = typeof key === 'string' ? readTerm(key) : undefined;
  const column = term && known.get(term.key);
  if (!(term && column)) throw new Misuse(code, '`unique` names one key of the columns.');
  if (column.nulls === undefined) return term;
  throw new Misuse(code, 'The unique key can be NULL, and several rows can have NULL.');
}

/** The order with the unique key as its last one: behind it, nothing is left to sort. */
export function endOrder(terms: readonly Term[], unique: Term | undefined): readonly Term[] {
  if (unique === undefined) return terms;
  const all = [...terms, unique];
  return all.slice(0, all.findIndex(({ key }) => key === unique.key) + 1);
}

/** The order that a client asks for, of keys that are known; the others make a notice. */
export function readSort(input: unknown, known: Known, max: number): readonly Term[] {
  return readInput(input, max).filter(({ key }) => {
    if (known.has(key)) return true;
    record('sql/unknown-sort-key', 'blocked', { key: key.slice(0, 256) });
    return false;
  });
}

/** At most `max` entries are read, so that a long list costs nothing. Empty ones count. */
function readInput(input: unknown, max: number): readonly Term[] {
  const terms: Term[] = [];
  const seen = new Set<string>();
  let entries = 0;
  for (const list of Array.isArray(input) ? input.slice(0, max) : [input]) {
    if (typeof list !== 'string') {
      if (list !== undefined) record('sql/unknown-sort-key', 'blocked', { key: `(${typeof list})` });
      continue;
    }
    for (let start = 0; start <= list.length && entries < max; entries++) {
      const comma = list.indexOf(',', start);
      const end = comma === -1 ? list.length : comma;
      const term = readTerm(list.slice(start, end).trim());
      if (term.key !== '' && !seen.has(term.key)) terms.push(term);
      seen.add(term.key);
      start = end + 1;
    }
  }
  return terms;
}

function readTerm(entry: string): Term {
  const descending = entry.startsWith('-');
  return { key: descending ? entry.slice(1) : entry, descending };
}

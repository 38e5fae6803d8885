import type { PgField } from './pg-client.ts';

interface Known {
  readonly fields: readonly PgField[];
  readonly row: object;
}

const known = new Map<string, Known>();
const mostKept = 1_000;

/**
 * A row of a statement with all its columns and nothing in them, to be copied. That of a prepared one is kept by its
 * name: while a row of its shape is there, V8 has code for that shape. Not by its text, whose length a client may choose.
 */
export function blankRow(name: string | undefined, fields: readonly PgField[]): object {
  const found = name === undefined ? undefined : known.get(name);
  if (found !== undefined && haveSameNames(found.fields, fields)) return found.row;
  const made = { fields, row: makeRow(fields) };
  if (name !== undefined && (found !== undefined || known.size < mostKept)) known.set(name, made);
  return made.row;
}

/** A table may have been altered, or the statement may be asked of another database. */
function haveSameNames(some: readonly PgField[], others: readonly PgField[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) {
    if (some[i]?.name !== others[i]?.name) return false;
  }
  return true;
}

function makeRow(fields: readonly PgField[]): object {
  const row: Record<string, unknown> = {};
  for (const { name } of fields) {
    // An assignment to this one name would give the row another prototype.
    if (name === '__proto__') Object.defineProperty(row, name, ownNull as PropertyDescriptor);
    else row[name] = null;
  }
  return row;
}

// Without a prototype: a polluted one would add to it.
const ownNull = { __proto__: null, value: null, enumerable: true, writable: true, configurable: true };

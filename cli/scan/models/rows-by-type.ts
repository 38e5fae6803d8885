import type { Models } from './model.ts';

type Row<List extends keyof Models> = Models[List] extends readonly (infer One)[] | undefined ? One : never;

/** A row without its first column. */
type Rest<One> = One extends readonly [unknown, ...infer All] ? Readonly<All> : never;

/** The rows in one models file whose paths begin at one type. */
export interface Rows {
  /** Paths from this type, each with the type of the values that it leads to. */
  types: (readonly [type: string, path: string])[];
  sources: Rest<Row<'sources'>>[];
  sinks: Rest<Row<'sinks'>>[];
  sanitizers: Rest<Row<'sanitizers'>>[];
  guards: Rest<Row<'guards'>>[];
  summaries: Rest<Row<'summaries'>>[];
  templates: Rest<Row<'templates'>>[];
  templateGlobals: Rest<Row<'templateGlobals'>>[];
  shared: Rest<Row<'shared'>>[];
  traits: Rest<Row<'traits'>>[];
}

/**
 * The rows of models, grouped by the type that their paths begin at, for each file separately. Types without rows are included.
 * At first only the names of types are collected. The rows of a file are grouped when one of its types is first looked up.
 */
export class RowsByType {
  readonly #files = new Map<string, Models[]>();
  readonly #rows = new Map<Models, ReadonlyMap<string, Rows>>();

  constructor(all: readonly Models[]) {
    for (const models of all) {
      for (const [type, from] of models.types ?? []) {
        this.#add(type, models);
        this.#add(from, models);
      }
      for (const list of lists) {
        let last: string | undefined;
        for (const row of models[list] ?? []) {
          if (row[0] === last) continue;
          last = row[0];
          this.#add(last, models);
        }
      }
    }
  }

  get size(): number {
    return this.#files.size;
  }

  has(type: string): boolean {
    return this.#files.has(type);
  }

  types(): Iterable<string> {
    return this.#files.keys();
  }

  /** Returns the prefixes of dotted types: `xml` and `xml.etree` for `xml.etree.ElementTree`. */
  prefixes(): ReadonlySet<string> {
    const prefixes = new Set<string>();
    for (const name of this.types())
      for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1))
        prefixes.add(name.slice(0, dot));
    return prefixes;
  }

  /** Returns the rows of a type, with one entry for each file that names the type. */
  of(type: string): readonly Rows[] {
    const found: Rows[] = [];
    for (const models of this.#files.get(type) ?? []) {
      const rows = this.#rowsOf(models).get(type);
      if (rows) found.push(rows);
    }
    return found;
  }

  #add(type: string, models: Models): void {
    const files = this.#files.get(type);
    if (!files) this.#files.set(type, [models]);
    else if (files[files.length - 1] !== models) files.push(models);
  }

  #rowsOf(models: Models): ReadonlyMap<string, Rows> {
    const known = this.#rows.get(models);
    if (known) return known;
    const rows = rowsOf(models);
    this.#rows.set(models, rows);
    return rows;
  }
}

const lists = [
  'sources',
  'sinks',
  'sanitizers',
  'guards',
  'summaries',
  'templates',
  'templateGlobals',
  'shared',
  'traits',
  'guesses',
] as const;

function rowsOf(models: Models): ReadonlyMap<string, Rows> {
  const rows = new Map<string, Rows>();
  const of = (type: string): Rows => {
    let known = rows.get(type);
    if (!known) {
      known = noRows();
      rows.set(type, known);
    }
    return known;
  };
  for (const [type, from, path] of models.types ?? []) put(of(from), 'types', [type, path]);
  for (const [type, ...row] of models.sources ?? []) put(of(type), 'sources', row);
  for (const [type, ...row] of models.sinks ?? []) put(of(type), 'sinks', row);
  for (const [type, ...row] of models.sanitizers ?? []) put(of(type), 'sanitizers', row);
  for (const [type, ...row] of models.guards ?? []) put(of(type), 'guards', row);
  for (const [type, ...row] of models.summaries ?? []) put(of(type), 'summaries', row);
  for (const [type, ...row] of models.templates ?? []) put(of(type), 'templates', row);
  for (const [type, ...row] of models.templateGlobals ?? []) put(of(type), 'templateGlobals', row);
  for (const [type, ...row] of models.shared ?? []) put(of(type), 'shared', row);
  for (const [type, ...row] of models.traits ?? []) put(of(type), 'traits', row);
  return rows;
}

/** The value of each empty list: most types have rows of one or two kinds. */
const none: never[] = [];
Object.freeze(none);

function put<List extends keyof Rows>(rows: Rows, list: List, row: Rows[List][number]): void {
  const all: Record<List, unknown[]> = rows;
  if (all[list] === none) all[list] = [row];
  else all[list].push(row);
}

function noRows(): Rows {
  return {
    types: none,
    sources: none,
    sinks: none,
    sanitizers: none,
    guards: none,
    summaries: none,
    templates: none,
    templateGlobals: none,
    shared: none,
    traits: none,
  };
}

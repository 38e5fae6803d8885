import type { Models } from './model.ts';

type Row<List extends keyof Models> = Models[List] extends readonly (infer One)[] | undefined ? One : never;

/** A row without its first column. */
type Rest<One> = One extends readonly [unknown, ...infer All] ? Readonly<All> : never;

/** The rows of a file of models that begin at one type. */
export interface Rows {
  /** Other types that values are which it leads to, and the way there. */
  readonly types: (readonly [type: string, path: string])[];
  readonly sources: Rest<Row<'sources'>>[];
  readonly sinks: Rest<Row<'sinks'>>[];
  readonly sanitizers: Rest<Row<'sanitizers'>>[];
  readonly guards: Rest<Row<'guards'>>[];
  readonly summaries: Rest<Row<'summaries'>>[];
  readonly templates: Rest<Row<'templates'>>[];
  readonly templateGlobals: Rest<Row<'templateGlobals'>>[];
  readonly shared: Rest<Row<'shared'>>[];
}

/**
 * The rows of models by the type that their paths begin at, of each file by itself; types that have none are in it as well.
 * Only the names of types are gone through at once: the rows of a file wait until one of its types is asked for.
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

  /** One for each file that names the type. */
  of(type: string): readonly Rows[] {
    return (this.#files.get(type) ?? []).map((models) => this.#rowsOf(models).get(type) ?? noRows());
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
  for (const [type, from, path] of models.types ?? []) {
    of(type);
    of(from).types.push([type, path]);
  }
  for (const [type, ...row] of models.sources ?? []) of(type).sources.push(row);
  for (const [type, ...row] of models.sinks ?? []) of(type).sinks.push(row);
  for (const [type, ...row] of models.sanitizers ?? []) of(type).sanitizers.push(row);
  for (const [type, ...row] of models.guards ?? []) of(type).guards.push(row);
  for (const [type, ...row] of models.summaries ?? []) of(type).summaries.push(row);
  for (const [type, ...row] of models.templates ?? []) of(type).templates.push(row);
  for (const [type, ...row] of models.templateGlobals ?? []) of(type).templateGlobals.push(row);
  for (const [type, ...row] of models.shared ?? []) of(type).shared.push(row);
  for (const [type] of models.guesses ?? []) of(type);
  return rows;
}

function noRows(): Rows {
  return {
    types: [],
    sources: [],
    sinks: [],
    sanitizers: [],
    guards: [],
    summaries: [],
    templates: [],
    templateGlobals: [],
    shared: [],
  };
}

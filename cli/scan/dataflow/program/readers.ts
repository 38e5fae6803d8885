/** What is read of a function. */
type OfFunction = 'summary' | 'outline' | 'proofs' | 'cells';
/** What is read by its number besides: what a shared variable holds, or what is exported. */
type OfValue = 'variable' | 'export';

/** Functions by their numbers: most of what is read is read by none, or by one. */
type Some = number | Set<number> | undefined;

/** Which functions read what of others, and so are to be looked at again when that changes. */
export class Readers {
  readonly #functions: Readonly<Record<OfFunction, Some[]>>;
  readonly #values: Readonly<Record<OfValue, Map<number, Some>>> = { variable: new Map(), export: new Map() };
  /** By name and owner: who reads the fields of what is no class, or of one class alone. */
  readonly #fieldReaders = new Map<string, Map<number | string, Some>>();
  /** By name and class: who reads the fields of a class, and of those that it extends. */
  readonly #heirReaders = new Map<string, Map<number, Some>>();
  readonly #dirty: boolean[];
  #running = -1;

  constructor(functions: number) {
    const ofEach = <T>(it: T): T[] => new Array<T>(functions).fill(it);
    this.#dirty = ofEach(false);
    const none: Some = undefined;
    this.#functions = {
      summary: ofEach(none),
      outline: ofEach(none),
      proofs: ofEach(none),
      cells: ofEach(none),
    };
  }

  /** What is read from now on is read by this function. */
  start(func: number): void {
    this.#running = func;
  }

  /** Who reads now. */
  get running(): number {
    return this.#running;
  }

  note(what: OfFunction, func: number): void {
    const all = this.#functions[what];
    const before = all[func];
    if (before !== this.#running) all[func] = withReader(before, this.#running);
  }

  changed(what: OfFunction, func: number): void {
    this.#expectAll(this.#functions[what][func]);
  }

  noteValue(what: OfValue, number: number): void {
    noteOf(this.#values[what], number, this.#running);
  }

  valueChanged(what: OfValue, number: number): void {
    this.#expectAll(this.#values[what].get(number));
  }

  /** The same for a field, by its owner and its name. */
  noteField(owner: number | string, name: string): void {
    noteIn(this.#fieldReaders, owner, name, this.#running);
  }

  /** The same for a field of a class and of all that it extends. */
  noteClassField(owner: number, name: string): void {
    noteIn(this.#heirReaders, owner, name, this.#running);
  }

  /** @param heirs the classes that extend the owner */
  fieldChanged(owner: number | string, name: string, heirs: readonly number[]): void {
    this.#expectAll(this.#fieldReaders.get(name)?.get(owner));
    const readers = this.#heirReaders.get(name);
    if (!readers || typeof owner === 'string') return;
    this.#expectAll(readers.get(owner));
    for (const heir of heirs) this.#expectAll(readers.get(heir));
  }

  #expectAll(readers: Some): void {
    if (readers === undefined) return;
    if (typeof readers === 'number') this.expect(readers);
    else for (const reader of readers) this.expect(reader);
  }

  /** A function is to be looked at. */
  expect(func: number): void {
    if (func >= 0) this.#dirty[func] = true;
  }

  /** All functions are to be looked at. */
  expectAll(): void {
    this.#dirty.fill(true);
  }

  /** Whether a function is to be looked at, which this takes as done. */
  take(func: number): boolean {
    const isDirty = this.#dirty[func] === true;
    if (isDirty) this.#dirty[func] = false;
    return isDirty;
  }
}

function withReader(readers: Some, reader: number): Some {
  if (readers === undefined) return reader;
  if (typeof readers === 'number') return new Set([readers, reader]);
  return readers.add(reader);
}

function noteOf<O>(all: Map<O, Some>, one: O, reader: number): void {
  const before = all.get(one);
  if (before === reader) return;
  const after = withReader(before, reader);
  if (after !== before) all.set(one, after);
}

function noteIn<O>(all: Map<string, Map<O, Some>>, owner: O, name: string, reader: number): void {
  let byOwner = all.get(name);
  if (!byOwner) {
    byOwner = new Map();
    all.set(name, byOwner);
  }
  noteOf(byOwner, owner, reader);
}

/** The parts of a function's result. When one changes, only the readers of that part are analysed again. */
type OfFunction = 'summary' | 'outline' | 'proofs' | 'cells';
/** The kinds of shared values that functions read: variables and exports. Each has a number in the program. */
type OfValue = 'variable' | 'export';

/** A set of functions. Most have one element at most, so a set of one is a plain number. */
type Some = number | Set<number> | undefined;

/**
 * The worklist of the fixed point. Also records which functions have read each result, such as a summary or a variable.
 * When a result changes, its readers are put on the worklist.
 */
export class Readers {
  readonly #functions: Readonly<Record<OfFunction, Some[]>>;
  readonly #values: Readonly<Record<OfValue, Map<number, Some>>> = { variable: new Map(), export: new Map() };
  /** By name of a field, and then by owner: the functions that read the field of that owner alone. */
  readonly #fieldReaders = new Map<string, Map<number | string, Some>>();
  /**
   * By name of a field, and then by class: the functions that read the field of an instance of that class. The value
   * may also be stored in a class that this class extends.
   */
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

  /** Attributes all reads from now on to this function. */
  start(func: number): void {
    this.#running = func;
  }

  /** The function to which reads are attributed. -1 before the first call of `start`. */
  get running(): number {
    return this.#running;
  }

  /** Records that the running function reads this part of a function's result. */
  note(what: OfFunction, func: number): void {
    const all = this.#functions[what];
    const before = all[func];
    if (before !== this.#running) all[func] = withReader(before, this.#running);
  }

  /** Puts all readers of this part of a function's result on the worklist. */
  changed(what: OfFunction, func: number): void {
    this.#expectAll(this.#functions[what][func]);
  }

  /** Records that the running function reads a shared variable or export. */
  noteValue(what: OfValue, number: number): void {
    noteOf(this.#values[what], number, this.#running);
  }

  /** Puts all readers of a shared variable or export on the worklist. */
  valueChanged(what: OfValue, number: number): void {
    this.#expectAll(this.#values[what].get(number));
  }

  /** Records that the running function reads a field that is stored under this owner alone. */
  noteField(owner: number | string, name: string): void {
    noteIn(this.#fieldReaders, owner, name, this.#running);
  }

  /** Records that the running function reads a field of a class, which may also be stored in a class that it extends. */
  noteClassField(owner: number, name: string): void {
    noteIn(this.#heirReaders, owner, name, this.#running);
  }

  /**
   * Puts all readers of a field on the worklist, since its value has changed.
   * @param heirs the classes that extend the owner
   */
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

  /** Puts a function on the worklist. */
  expect(func: number): void {
    if (func >= 0) this.#dirty[func] = true;
  }

  /** Puts all functions on the worklist. */
  expectAll(): void {
    this.#dirty.fill(true);
  }

  /** Removes a function from the worklist. Returns whether it was there. */
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

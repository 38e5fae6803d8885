/** What of a function, of a shared variable, or of a value that is exported, is read by its number. */
export type Read = 'summary' | 'outline' | 'proofs' | 'cells' | 'variable' | 'export';

/** Which functions read what of others, and so are to be looked at again when that changes. */
export class Readers {
  readonly #readers: Readonly<Record<Read, Map<number, Set<number>>>> = {
    summary: new Map(),
    outline: new Map(),
    proofs: new Map(),
    cells: new Map(),
    variable: new Map(),
    export: new Map(),
  };
  /** By name and owner: who reads the fields of what is no class, or of one class alone. */
  readonly #fieldReaders = new Map<string, Map<number | string, Set<number>>>();
  /** By name and class: who reads the fields of a class, and of those that it extends. */
  readonly #heirReaders = new Map<string, Map<number, Set<number>>>();
  readonly #dirty: boolean[];
  #running = -1;

  constructor(functions: number) {
    this.#dirty = Array.from({ length: functions }, () => false);
  }

  /** What is read from now on is read by this function. */
  start(func: number): void {
    this.#running = func;
  }

  /** Who reads now. */
  get running(): number {
    return this.#running;
  }

  note(what: Read, number: number): void {
    const all = this.#readers[what];
    const readers = all.get(number);
    if (readers) readers.add(this.#running);
    else all.set(number, new Set([this.#running]));
  }

  changed(what: Read, number: number): void {
    this.#expectAll(this.#readers[what].get(number));
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

  #expectAll(readers: ReadonlySet<number> | undefined): void {
    for (const reader of readers ?? []) if (reader >= 0) this.#dirty[reader] = true;
  }

  /** A function is to be looked at. */
  expect(func: number): void {
    this.#dirty[func] = true;
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

function noteIn<O>(all: Map<string, Map<O, Set<number>>>, owner: O, name: string, reader: number): void {
  let byOwner = all.get(name);
  if (!byOwner) {
    byOwner = new Map();
    all.set(name, byOwner);
  }
  const readers = byOwner.get(owner);
  if (readers) readers.add(reader);
  else byOwner.set(owner, new Set([reader]));
}

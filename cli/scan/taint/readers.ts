/** What of a function, of a shared variable, or of a value that is exported, is read by its number. */
export type Read = 'summary' | 'outline' | 'proofs' | 'cells' | 'variable' | 'export';

/** Which functions read what of others, and so are to be looked at again when that changes. */
export class Readers {
  readonly #readers: Readonly<Record<Read, (Set<number> | undefined)[]>> = {
    summary: [],
    outline: [],
    proofs: [],
    cells: [],
    variable: [],
    export: [],
  };
  readonly #fieldReaders = new Map<string, Set<number>>();
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
    const readers = all[number];
    if (readers) readers.add(this.#running);
    else all[number] = new Set([this.#running]);
  }

  changed(what: Read, number: number): void {
    this.#expectAll(this.#readers[what][number]);
  }

  /** The same for a field of a class, by the names of both. */
  noteField(key: string): void {
    const readers = this.#fieldReaders.get(key);
    if (readers) readers.add(this.#running);
    else this.#fieldReaders.set(key, new Set([this.#running]));
  }

  fieldChanged(key: string): void {
    this.#expectAll(this.#fieldReaders.get(key));
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

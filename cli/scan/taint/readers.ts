/** Which functions read what of others, and so are to be looked at again when that changes. */
export class Readers {
  readonly #readers = new Map<string, Set<number>>();
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

  note(key: string): void {
    let readers = this.#readers.get(key);
    if (!readers) {
      readers = new Set();
      this.#readers.set(key, readers);
    }
    readers.add(this.#running);
  }

  changed(key: string): void {
    for (const reader of this.#readers.get(key) ?? []) if (reader >= 0) this.#dirty[reader] = true;
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

import type { Abstract } from './abstract.ts';

const noCells: ReadonlyMap<number, Abstract> = new Map();

/**
 * The variables that a function declares and other functions use, with their values. Most functions have no such variables.
 */
export class Scope {
  readonly id: number;
  #cells: Map<number, Abstract> | undefined;
  #changed: Set<number> | undefined;
  #read: Set<number> | undefined;

  constructor(id: number, cells?: Map<number, Abstract>) {
    this.id = id;
    this.#cells = cells;
  }

  /** By variable of the function: the join of all values that were written to it. */
  get cells(): ReadonlyMap<number, Abstract> {
    return this.#cells ?? noCells;
  }

  write(cell: number, value: Abstract): void {
    this.#cells ??= new Map();
    this.#cells.set(cell, value);
    this.#changed ??= new Set();
    this.#changed.add(cell);
  }

  /** The variables written since the last call of this method. */
  takeChanged(): Iterable<number> {
    const changed = this.#changed;
    this.#changed = undefined;
    return changed ?? [];
  }

  /** Starts a new pass through the function: forgets which variables were read. */
  startPass(): void {
    this.#read?.clear();
  }

  noteRead(cell: number): void {
    this.#read ??= new Set();
    this.#read.add(cell);
  }

  /** Whether a variable has been read since the pass started. */
  isRead(cell: number): boolean {
    return this.#read?.has(cell) === true;
  }
}

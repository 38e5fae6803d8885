import type { Abstract } from './abstract.ts';

const noCells: ReadonlyMap<number, Abstract> = new Map();

/**
 * A function as far as others see into it: what the variables hold that it shares with them. Most share none, so that nothing is
 * made for them before there is one.
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

  /** What its own variables hold. */
  get cells(): ReadonlyMap<number, Abstract> {
    return this.#cells ?? noCells;
  }

  write(cell: number, value: Abstract): void {
    this.#cells ??= new Map();
    this.#cells.set(cell, value);
    this.#changed ??= new Set();
    this.#changed.add(cell);
  }

  /** The variables that were written since somebody has asked. */
  takeChanged(): Iterable<number> {
    const changed = this.#changed;
    this.#changed = undefined;
    return changed ?? [];
  }

  /** A pass through the function begins, in which no variable was read yet. */
  startPass(): void {
    this.#read?.clear();
  }

  noteRead(cell: number): void {
    this.#read ??= new Set();
    this.#read.add(cell);
  }

  /** Whether a variable was read in this pass. */
  isRead(cell: number): boolean {
    return this.#read?.has(cell) === true;
  }
}

/** Lists of numbers, by number: a few flat arrays hold them all, as there are very many and most have one or two entries. */
export class NumberLists {
  /** By list: where its first and its last entry stand, counted from 1. */
  #first = new Int32Array(1024);
  #last = new Int32Array(1024);
  /** By entry: what it is. Whoever adds entries may find another array behind this one. */
  values: Int32Array = new Int32Array(1024);
  /** By entry: where the next one stands, or 0. The same holds. */
  nexts: Int32Array = new Int32Array(1024);
  #count = 0;

  push(list: number, value: number): void {
    if (list >= this.#first.length) {
      this.#first = grown(this.#first, list);
      this.#last = grown(this.#last, list);
    }
    const at = ++this.#count;
    if (at >= this.values.length) {
      this.values = grown(this.values, at);
      this.nexts = grown(this.nexts, at);
    }
    this.values[at] = value;
    const last = this.#last[list] as number;
    if (last === 0) this.#first[list] = at;
    else this.nexts[last] = at;
    this.#last[list] = at;
  }

  /** Where the first entry of a list stands; 0 if there is none. */
  first(list: number): number {
    return this.#first[list] ?? 0;
  }

  /** Where the last entry of a list stands; 0 if there is none. */
  last(list: number): number {
    return this.#last[list] ?? 0;
  }

  /** Where the entry behind one stands; 0 if it is the last. */
  next(at: number): number {
    return this.nexts[at] as number;
  }

  value(at: number): number {
    return this.values[at] as number;
  }
}

function grown(array: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const all = new Int32Array(Math.max(2 * array.length, index + 1));
  all.set(array);
  return all;
}

/** Linked lists of numbers. A few flat arrays hold them all, as there are very many and most have one or two entries. */
export class NumberLists {
  /** By list: the positions of its first and last entry, counted from 1. */
  #first = new Int32Array(1024);
  #last = new Int32Array(1024);
  /** By entry: its value. `push` may replace this array. */
  values: Int32Array = new Int32Array(1024);
  /** By entry: the position of the next one, or 0. `push` may replace this array. */
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

  /** The position of a list's first entry; 0 if it is empty. */
  first(list: number): number {
    return this.#first[list] ?? 0;
  }

  /** The position of a list's last entry; 0 if it is empty. */
  last(list: number): number {
    return this.#last[list] ?? 0;
  }

  /** The position of the following entry; 0 after the last. */
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

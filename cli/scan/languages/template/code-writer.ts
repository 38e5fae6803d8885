/**
 * Generates JavaScript for a template, and maps its offsets back to offsets in the template. An offset in a copied
 * piece is mapped exactly. An offset in a generated piece is mapped to the range of the template that the piece
 * stands for.
 *     const code = new CodeWriter('<p><%- name %></p>');
 *     code.add('$$raw(', 3, 14);
 *     code.copy(7, 11);
 *     code.add(');', 3, 14);
 *     code.text                 // '$$raw(name);'
 *     code.startOf(6)           // 7: where `name` begins
 */
export class CodeWriter {
  readonly source: string;
  readonly #pieces: string[] = [];
  /** Where each piece begins in the code, and its range in the template. */
  readonly #starts: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #isCopy: boolean[] = [];
  #length = 0;

  constructor(source: string) {
    this.source = source;
  }

  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#pieces.join('');
  }

  /** Appends code that stands for a range of the template. */
  add(code: string, from: number, to: number): void {
    this.#put(code, from, Math.max(from, to), false);
  }

  /** Copies a range of the template. */
  copy(from: number, to: number): void {
    if (to > from) this.#put(this.source.slice(from, to), from, to, true);
  }

  /** Appends the code of another writer of the same template. */
  append(other: CodeWriter): void {
    other.#pieces.forEach((piece, i) => {
      this.#put(piece, other.#from[i] as number, other.#to[i] as number, other.#isCopy[i] as boolean);
    });
  }

  /** Converts the start of a range in the generated code to an offset in the template. */
  startOf(offset: number): number {
    const i = this.#find(offset);
    if (i < 0) return 0;
    const from = this.#from[i] as number;
    return this.#isCopy[i] ? from + offset - (this.#starts[i] as number) : from;
  }

  /** Converts the end of a range in the generated code to an offset in the template. */
  endOf(offset: number): number {
    const i = this.#find(offset - 1);
    if (i < 0) return 0;
    return this.#isCopy[i]
      ? (this.#from[i] as number) + offset - (this.#starts[i] as number)
      : (this.#to[i] as number);
  }

  #put(code: string, from: number, to: number, isCopy: boolean): void {
    if (code === '') return;
    this.#pieces.push(code);
    this.#starts.push(this.#length);
    this.#from.push(from);
    this.#to.push(to);
    this.#isCopy.push(isCopy);
    this.#length += code.length;
  }

  /** Returns the index of the piece that contains an offset, or of the last piece before it. -1 if there is none. */
  #find(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }
}

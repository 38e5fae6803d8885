export interface PugLine {
  readonly indent: number;
  /** The range of its text, after the indentation. */
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the non-empty lines of a Pug file one by one. `skipTo` skips lines that belong to the one before, such as a tag's
 * attributes.
 */
export class PugLines {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): PugLine | undefined {
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const end = this.#text.indexOf('\n', start);
      const to = end < 0 ? this.#text.length : end;
      this.#at = to + 1;
      let from = start;
      let indent = 0;
      for (; from < to; from++) {
        const c = this.#text.charAt(from);
        if (c === '\t') indent += 2;
        else if (c === ' ') indent++;
        else break;
      }
      if (this.#text.slice(from, to).trim() !== '') return { indent, from, to };
    }
    return undefined;
  }

  /**
   * Skips the rest of the line that contains `offset`, for attributes that span lines. Returns the end of that line.
   */
  skipTo(offset: number): number {
    if (offset < this.#at) return this.#at - 1;
    const end = this.#text.indexOf('\n', offset);
    const to = end < 0 ? this.#text.length : end;
    this.#at = to + 1;
    return to;
  }
}

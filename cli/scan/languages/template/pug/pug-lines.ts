export interface PugLine {
  readonly indent: number;
  /** Where its text begins behind the indentation, and where it ends. */
  readonly from: number;
  readonly to: number;
}

/** The lines of a Pug file that are not empty; a reader can go on behind the end of a line. */
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

  /** What comes behind `offset` is yet to be read. Attributes go over several lines. */
  skipTo(offset: number): number {
    if (offset < this.#at) return this.#at - 1;
    const end = this.#text.indexOf('\n', offset);
    const to = end < 0 ? this.#text.length : end;
    this.#at = to + 1;
    return to;
  }
}

/** Reads words and punctuation from a range of a text, one after the other. */
export class TextScanner {
  readonly text: string;
  readonly to: number;
  at: number;

  constructor(text: string, from: number, to: number) {
    this.text = text;
    this.at = from;
    this.to = to;
  }

  name(): string | undefined {
    const name = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
    name.lastIndex = this.at;
    const found = name.exec(this.text)?.[0];
    if (found === undefined || this.at + found.length > this.to) return undefined;
    this.at += found.length;
    return found;
  }

  skip(): void {
    while (this.at < this.to && /\s/.test(this.text.charAt(this.at))) this.at++;
  }

  is(c: string): boolean {
    return this.at < this.to && this.text.charAt(this.at) === c;
  }

  skipTo(close: string): void {
    this.skip();
    if (this.is(close)) this.at++;
  }

  word(word: string): boolean {
    this.skip();
    const end = this.at + word.length;
    if (end > this.to || !this.text.startsWith(word, this.at)) return false;
    if (/[\w$]/.test(this.text.charAt(end)) && end < this.to) return false;
    this.at = end;
    return true;
  }

  operator(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined || this.at + found.length > this.to) return undefined;
    this.at += found.length;
    return found;
  }
}

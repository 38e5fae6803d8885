import { Tokenizer, TokenizerMode } from 'parse5';

/** The states of a value in double and in single quotes: parse5 numbers them, and names only some (8.1, `State`). */
const doubleQuoted = 35;
const singleQuoted = 36;

/**
 * parse5's tokenizer with two changes. It counts attributes; and where a text or a quoted value goes on with ordinary
 * characters, it takes all of them at once: they would be looked at one by one, with the same result.
 */
export class FastTokenizer extends Tokenizer {
  mostAttributes = 0;
  tooManyAttributes: () => void = () => {};

  protected override _leaveAttrName(): void {
    super._leaveAttrName();
    const count = this.currentToken && 'attrs' in this.currentToken ? this.currentToken.attrs.length : 0;
    if (count > this.mostAttributes) this.tooManyAttributes();
  }

  protected override _extendRun(cp: number): void {
    super._extendRun(cp);
    // Only after a character that is one unit and is read as it is written.
    if (cp <= 0x20 || cp > 0xd7ff) return;
    const state: number = this.state;
    const { preprocessor } = this;
    const { html } = preprocessor;
    let pos = preprocessor.pos + 1;
    if (state === TokenizerMode.DATA) {
      // White space is a token of its own.
      for (let c = html.charCodeAt(pos); c > 0x20 && c < 0xd800; c = html.charCodeAt(++pos)) {
        if (c === 0x3c || c === 0x26) break;
      }
    } else if (state === doubleQuoted || state === singleQuoted) {
      const quote = state === doubleQuoted ? 0x22 : 0x27;
      for (let c = html.charCodeAt(pos); c >= 0x20 && c < 0xd800; c = html.charCodeAt(++pos)) {
        if (c === quote || c === 0x26) break;
      }
    } else return;
    preprocessor.pos = pos - 1;
    this.runEnd = pos;
  }
}

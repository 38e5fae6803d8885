/** A string in an object or a list, with its key (empty in a list). */
export interface Leaf {
  readonly from: number;
  readonly to: number;
  readonly key: string;
  readonly quoted: boolean;
}

const token = /\\{0,7}(["'`])|[{}[\]()]|-?\d[\w.-]*|[\w.$-]+/g;
const colon = /\s{0,4}(?::|=>|=)/y;
const maxLeaves = 100;
const maxLength = 4000;

/**
 * Reads the strings and numbers of the object, list or tuple at `start`, as JSON, JavaScript and Python print them. It
 * stops at the closing bracket or at the limit; `end` says where.
 */
export function leavesAt(text: string, start: number): { leaves: readonly Leaf[]; end: number } {
  const leaves: Leaf[] = [];
  const limit = Math.min(text.length, start + maxLength);
  let depth = 0;
  let key = '';
  let at = start;
  while (at < limit && leaves.length < maxLeaves) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null || found.index >= limit) break;
    const [piece, quote] = found;
    at = token.lastIndex;
    if (quote === undefined && /^[{[(]/.test(piece)) {
      depth++;
    } else if (quote === undefined && /^[}\])]/.test(piece)) {
      depth--;
      if (depth <= 0) break;
    } else {
      const from = quote === undefined ? found.index : at;
      let to = at;
      if (quote !== undefined) {
        to = stringEnd(text, at, piece);
        at = Math.min(text.length, to + piece.length);
      }
      colon.lastIndex = at;
      if (colon.test(text)) {
        key = text.slice(from, Math.min(to, from + 64));
        at = colon.lastIndex;
      } else {
        leaves.push({ from, to, key, quoted: quote !== undefined });
        key = '';
      }
    }
  }
  return { leaves, end: at };
}

function stringEnd(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (slashes < 100 && text[at - 1 - slashes] === '\\') slashes++;
    if (quote.length > 1 ? slashes === 0 : slashes % 2 === 0) return at;
  }
  return text.length;
}

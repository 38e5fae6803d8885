const marks = new Uint32Array(1 << 14);
let generation = 0;

/** Tells at little cost of most texts that they do not stand in another one. Only the last one that was made works. */
export interface Grams {
  /** False where two characters side by side, in this part of a text, are nowhere side by side in the other. */
  mayHold(text: string, from: number, to: number): boolean;
  /** The same, of letters and digits only: what is between them may be written in another way. */
  mayHoldWords(text: string, from: number, to: number): boolean;
}

export function createGrams(whole: string): Grams {
  if (++generation === 0xffff_ffff) {
    marks.fill(0);
    generation = 1;
  }
  const own = generation;
  for (let at = 1; at < whole.length; at++) marks[gram(whole, at)] = own;
  return {
    mayHold(text, from, to) {
      for (let at = from + 1; at < to; at++) if (marks[gram(text, at)] !== own) return false;
      return true;
    },
    mayHoldWords(text, from, to) {
      for (let at = from + 1; at < to; at++) {
        if (
          isLetter(text.charCodeAt(at - 1)) &&
          isLetter(text.charCodeAt(at)) &&
          marks[gram(text, at)] !== own
        ) {
          return false;
        }
      }
      return true;
    },
  };
}

function gram(text: string, at: number): number {
  return ((text.charCodeAt(at - 1) & 127) << 7) | (text.charCodeAt(at) & 127);
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

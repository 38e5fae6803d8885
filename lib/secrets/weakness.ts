import { exampleWords, placeholderPhrases, publishedSecrets } from './published-secrets.ts';

/** A longer secret is judged by its first characters, so that the time is bounded. */
const longestRead = 512;

/**
 * Says why a secret is guessable, as the end of a sentence that begins with its name: `is a published example`. Undefined
 * where nothing is known against it, which proves nothing. The reason never contains the secret or a part of it.
 *
 * Length alone is judged by the caller: how long a secret has to be depends on what it is for.
 */
export function weaknessOf(secret: string): string | undefined {
  const text = secret.slice(0, longestRead);
  const plain = normal(text);
  if (published.has(plain)) return 'is a well-known value, published in documentation or source code';
  if (placeholders.test(plain) || (isTyped(text, plain) && (phrases.test(plain) || request.test(text))))
    return 'is a placeholder that was never replaced';
  const unit = repeatedUnit(text);
  if (unit < text.length && unit < leastUnit) return 'repeats a few characters';
  if (isSequence(plain)) return 'is a sequence of neighbouring characters';
  if (secret.length <= longestRead && informationOf(text) < leastInformation(text.length)) {
    return 'has too few different characters';
  }
  return undefined;
}

/** Letter case and separators are what people change in a placeholder. */
function normal(text: string): string {
  return text.toLowerCase().replace(/[\s_.\-+/=!'"]/g, '');
}

const published: ReadonlySet<string> = new Set(publishedSecrets.map(normal));
const placeholders = new RegExp(placeholderPhrases.join('|'));
const phrases = new RegExp(exampleWords.join('|'));
/** Asks for the value, in separate words: a random value begins like one of them now and then. */
const request = /^<?(?:your|enter|insert|generate|any|some)[\s_-]|[\s_-]here>?$|^<[a-z\d\s_-]*>$/i;

/**
 * Words, perhaps with digits behind them. A random value has digits between its letters, or, where it happens to have none, more letters in
 * a row than a word: `secret_` may stand in front of an issued token.
 */
function isTyped(text: string, plain: string): boolean {
  if (!/^\D{1,100}\d{0,8}$/.test(plain)) return false;
  const pieces = text
    .toLowerCase()
    .replace(new RegExp(phrases, 'g'), ' ')
    .split(/[^a-z]+/);
  return pieces.every((piece) => piece.length <= longestWord);
}

const longestWord = 20;

/** A random unit of this length is strong on its own, so repeating it is no weaker. */
const leastUnit = 16;

/** The length of the shortest piece that the text repeats; its own length where it repeats none. */
function repeatedUnit(text: string): number {
  // The failure function of Knuth, Morris and Pratt: linear in the text.
  const border = new Array<number>(text.length).fill(0);
  for (let at = 1, length = 0; at < text.length; at++) {
    while (length > 0 && text[at] !== text[length]) length = border[length - 1] ?? 0;
    if (text[at] === text[length]) length++;
    border[at] = length;
  }
  const unit = text.length - (border[text.length - 1] ?? 0);
  return text.length >= unit * 2 ? unit : text.length;
}

/** `0123456789abcdef`, `qwertyuiop`, or two in one, as in `a1b2c3d4e5f6`: what people type for a random value. */
function isSequence(text: string): boolean {
  return [1, 2].some((stride) => {
    const steps = text.length - stride;
    if (steps < 5 * stride) return false;
    let followed = 0;
    for (let at = stride; at < text.length; at++) {
      if (areNeighbours(text, at - stride, at)) followed++;
    }
    return followed >= steps * 0.85;
  });
}

function areNeighbours(text: string, one: number, other: number): boolean {
  const step = text.charCodeAt(other) - text.charCodeAt(one);
  return Math.abs(step) <= 1 || neighbours.has(`${text[one]}${text[other]}`);
}

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'];
const neighbours: ReadonlySet<string> = new Set(
  rows.flatMap((row) => [...row].slice(1).flatMap((key, at) => [`${row[at]}${key}`, `${key}${row[at]}`])),
);

/** Shannon's entropy of the characters, in bits, over the whole text. */
function informationOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / text.length);
  return bits;
}

/** Random hexadecimal digits have 3 to 4 bits each and random decimal digits 2 to 3.3, so that no random value has less. */
function leastInformation(length: number): number {
  return Math.min(80, length * 1.75);
}

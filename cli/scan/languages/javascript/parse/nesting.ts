/**
 * Whether a text may be nested so deeply that a recursive native parser would overflow its stack. An overflow ends the
 * process and can't be caught, so the answer is yes in case of doubt.
 * The depth is the number of tokens that have opened a level and not closed it yet. Such tokens are opening brackets, and
 * operators after which an operand may nest (`a ? b : c ? d : ...`, `a => b => ...`, `if (a) if (b) ...`). An operator
 * counts until the next `;` or `,` in its brackets.
 * Opening tokens count even in strings and comments. Closing tokens count only outside of them. So neither a string nor a
 * comment can hide nesting.
 * Measured with oxc-parser 0.159: the shallowest overflow is at 4000 such tokens with a stack of 8 MB.
 */
export function isDeeplyNested(text: string): boolean {
  if (text.length < maxTokens) return false;
  const outer: number[] = [];
  /** Tokens in the enclosing levels, and in this level. */
  let around = 0;
  let here = 0;
  let angles = 0;
  let elements = 0;
  let chain = 0;
  let mayReset = false;
  let previous = 0;
  let word = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32) continue;
    if (c > 127 || inWord[c] === 1) {
      const start = i;
      i = endOfWord(text, i);
      const length = i + 1 - start;
      if (
        mayReset &&
        !(length === 4 && text.startsWith('else', start)) &&
        !isOperatorWord(text, start, length)
      ) {
        here = angles = chain = 0;
      }
      mayReset = false;
      if (mayBe(prefixLengths, c, length) && prefixWords.has(text.slice(start, i + 1))) {
        if (around + ++here > maxTokens) return true;
      }
      word = start;
      previous = c;
      continue;
    }
    if (c === slash) {
      const next = text.charCodeAt(i + 1);
      if (next === slash || next === star) {
        const found = next === slash ? text.indexOf('\n', i) : text.indexOf('*/', i + 2);
        const end = found < 0 ? text.length : found;
        here += countOpeners(text, i, end);
        i = next === slash ? end : end + 1;
        continue;
      }
      if (next === greater) elements = Math.max(0, elements - 1);
      else if (!endsOperand(previous, text, word)) {
        const end = endOfRegex(text, i);
        here += countOpeners(text, i, end);
        i = end;
        previous = quote;
        continue;
      }
    }
    if (mayReset) {
      if (previous === semicolon) here = angles = chain = 0;
      mayReset = false;
    }
    switch (c) {
      case quote:
      case apostrophe: {
        const end = endOfString(text, i, c);
        here += countOpeners(text, i, end);
        i = end;
        break;
      }
      case backtick:
        // Both ends count: without a full lexer, the end of a template literal is unknown.
        here++;
        break;
      case 0x28: // (
      case 0x5b: // [
      case 0x7b: // {
        outer.push(here, angles, chain);
        around += 1 + here + Math.max(0, angles);
        here = angles = chain = 0;
        break;
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        if (outer.length === 0) break;
        chain = outer.pop() ?? 0;
        angles = outer.pop() ?? 0;
        here = outer.pop() ?? 0;
        around -= 1 + here + Math.max(0, angles);
        if (c === 0x29) here++;
        mayReset = c === 0x7d;
        break;
      case semicolon:
        mayReset = true;
        break;
      case 0x2c: // ,
        here = angles = 0;
        break;
      case 0x3c: // <
        angles++;
        if (text.charCodeAt(i + 1) === slash) elements = Math.max(0, elements - 1);
        else elements++;
        break;
      case greater:
        if (previous !== 0x3d) angles--;
        break;
      case 0x3d: // =
      case 0x3f: // ?
      case 0x3a: // :
      case 0x21: // !
      case 0x7e: // ~
        here++;
        break;
      default:
        chain++;
        if (!endsOperand(previous, text, word)) here++;
    }
    previous = c;
    if (around + here + angles > maxTokens || elements > maxElements || chain > maxChain) return true;
  }
  return false;
}

const maxTokens = 1000;
/** Open JSX elements; comparisons and type arguments count among them. */
const maxElements = 5000;
/** Operators in a row, `a + b + c`, which nest in the tree but not in the parser. */
const maxChain = 25_000;

const slash = 0x2f;
const star = 0x2a;
const greater = 0x3e;
const quote = 0x22;
const apostrophe = 0x27;
const backtick = 0x60;
const semicolon = 0x3b;

/** Words after which an operand or a statement nests, or that cost oxc quadratic time if they are repeated. */
const prefixWords: ReadonlySet<string> = new Set([
  'new',
  'typeof',
  'void',
  'delete',
  'await',
  'yield',
  'else',
  'do',
  'async',
  'keyof',
  'infer',
  'unique',
  'readonly',
  'asserts',
  'extends',
  'export',
  'accessor',
  'abstract',
  'declare',
  'static',
  'public',
  'private',
  'protected',
  'override',
  'default',
]);
/** Words after which a slash begins a regular expression, not a division. */
const beforeRegex: ReadonlySet<string> = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'do',
  'else',
  'void',
  'delete',
  'throw',
  'new',
  'await',
  'yield',
  'instanceof',
]);

/** By first letter: a bit for the length of each word. Few words then need to be cut out of the text to be looked up. */
function lengthsOf(words: ReadonlySet<string>): Uint16Array {
  const lengths = new Uint16Array(128);
  for (const word of words) {
    const first = word.charCodeAt(0);
    lengths[first] = (lengths[first] as number) | (1 << word.length);
  }
  return lengths;
}

function mayBe(lengths: Uint16Array, first: number, length: number): boolean {
  return length < 16 && first < 128 && ((lengths[first] as number) & (1 << length)) !== 0;
}

const prefixLengths = lengthsOf(prefixWords);
const regexLengths = lengthsOf(beforeRegex);

/** The letters, digits, `_` and `$` of ASCII. All other characters also count as part of a word. */
const inWord = Uint8Array.from({ length: 128 }, (_, c) => (/[\w$]/.test(String.fromCharCode(c)) ? 1 : 0));

/**
 * The index of the last character of the word that begins at `from`. Uses a table instead of calls, because it runs for
 * each character.
 */
function endOfWord(text: string, from: number): number {
  let i = from;
  for (let c = text.charCodeAt(i + 1); c > 127 || inWord[c] === 1; c = text.charCodeAt(i + 1)) i++;
  return i;
}

function isOperatorWord(text: string, start: number, length: number): boolean {
  return (
    (length === 2 && text.startsWith('in', start)) || (length === 10 && text.startsWith('instanceof', start))
  );
}

/** Whether an operand can end with `previous`, so that an operator follows. */
function endsOperand(previous: number, text: string, word: number): boolean {
  if (previous > 127 || inWord[previous] === 1) {
    let end = word;
    for (let c = previous; end < word + 11 && (c > 127 || inWord[c] === 1); c = text.charCodeAt(end)) end++;
    return !mayBe(regexLengths, previous, end - word) || !beforeRegex.has(text.slice(word, end));
  }
  return (
    previous === 0x29 ||
    previous === 0x5d ||
    previous === 0x7d ||
    previous === quote ||
    previous === apostrophe ||
    previous === backtick
  );
}

function endOfString(text: string, from: number, delimiter: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === delimiter || c === 10) return i;
    if (c === 0x5c) i++;
  }
  return text.length;
}

function endOfRegex(text: string, from: number): number {
  let inClass = false;
  for (let i = from + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === slash && !inClass)) return i;
    if (c === 0x5c) i++;
    else if (c === 0x5b) inClass = true;
    else if (c === 0x5d) inClass = false;
  }
  return text.length;
}

/** The number of unclosed openers in a text that is probably no code. */
function countOpeners(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x28 || c === 0x5b || c === 0x7b) count++;
    else if (count > 0 && (c === 0x29 || c === 0x5d || c === 0x7d)) count--;
  }
  return count;
}

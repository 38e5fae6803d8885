/**
 * Whether a text may be nested so deeply that a recursive native parser would overflow its stack, which
 * ends the process and can't be caught. The answer errs on the side of yes.
 *
 * What counts are the tokens that can open a level and are not closed yet: brackets, and in each of
 * them the operators since its last `;` or `,` behind which an operand may nest (`a ? b : c ? d : ...`,
 * `a => b => ...`, `if (a) if (b) ...`). Openers count in strings and comments too, closers only outside
 * of them, so that neither can be used to hide nesting.
 *
 * Measured with oxc-parser 0.159: the shallowest overflow is at 4000 such tokens with a stack of 8 MB.
 */
export function isDeeplyNested(text: string): boolean {
  if (text.length < maxTokens) return false;
  const outer: number[] = [];
  /** Tokens in the levels around this one, and in this one. */
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
        // Both ends count: where a template ends is not known without a full lexer.
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

/** Words behind which an operand or a statement nests, or of which a row costs oxc quadratic time. */
const prefixWords: ReadonlySet<string> = new Set([
  ...['new', 'typeof', 'void', 'delete', 'await', 'yield', 'else', 'do', 'async', 'keyof', 'infer', 'unique'],
  ...['readonly', 'asserts', 'extends', 'export', 'accessor', 'abstract', 'declare', 'static', 'public'],
  ...['private', 'protected', 'override', 'default'],
]);
/** Words between which and their operand no regular expression is a division. */
const beforeRegex: ReadonlySet<string> = new Set([
  ...[
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
  ],
  'instanceof',
]);

/** By the first letter: a bit for each length that words have. Few words have to be cut out of the text, then, to be looked up. */
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

/** Of ASCII, the letters, digits, `_` and `$`; all else counts as part of a word, too. */
const inWord = Uint8Array.from({ length: 128 }, (_, c) => (/[\w$]/.test(String.fromCharCode(c)) ? 1 : 0));

/** Where the word that begins at `from` has its last character. A table instead of calls: each character is asked for. */
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

/** Whether what ends with `previous` can be the left operand of an operator. */
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

/** Openers without their closers in a text that seems to be no code. */
function countOpeners(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x28 || c === 0x5b || c === 0x7b) count++;
    else if (count > 0 && (c === 0x29 || c === 0x5d || c === 0x7d)) count--;
  }
  return count;
}

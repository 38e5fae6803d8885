import { readText } from '../../sql/guard/read-text.ts';
import type { LexRules } from '../../sql/lex/rules.ts';
import type { Token } from '../../sql/lex/token.ts';

const maskedKinds: readonly string[] = ['literal', 'number', 'placeholder'];

/**
 * A statement's tokens, without what stands in literals, numbers, placeholders and comments. What an application writes
 * as often as there are values is there once: a list, `(?, ?), (?, ?)`, `a = ? and a = ?`.
 */
export function statementShape(text: string, rules: LexRules): readonly string[] {
  const { lower, tokens } = readText(text, rules);
  const parts = tokens.flatMap((token, at) => {
    const { kind, start, end } = token;
    if (kind === 'comment') return ['/**/'];
    if (maskedKinds.includes(kind) || isNumberWord(text.slice(start, end))) return ['?'];
    return isSign(text, tokens, at) ? [] : [lower.slice(start, end)];
  });
  // A row of values is like the next one once its own list is short.
  let shorter: readonly string[] = parts;
  for (let before = -1; before !== shorter.length; ) {
    before = shorter.length;
    shorter = onceEach(shorter);
  }
  return shorter;
}

/** What a number is in JavaScript that has no digits. It is a word to a database, and no table has such a column. */
const isNumberWord = (word: string): boolean => word === 'NaN' || word === 'Infinity';

/** The sign of a negative number, and not a subtraction: nothing that has a value stands in front of it. */
function isSign(text: string, tokens: readonly Token[], at: number): boolean {
  const { start, end } = tokens[at] as Token;
  const next = tokens[at + 1];
  if (text.slice(start, end) !== '-' || next?.start !== end) return false;
  if (next.kind !== 'number' && !isNumberWord(text.slice(next.start, next.end))) return false;
  const before = tokens[at - 1];
  return (
    before === undefined || before.end < start || /[=<>,(*/%+]$/.test(text.slice(before.start, before.end))
  );
}

/** The longest condition, or row of values, that is looked for again, in tokens. */
const longest = 64;

/** Each part that is what stands in front of it, with a comma, AND or OR in between, is left out, and so is the joiner. */
function onceEach(parts: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as string;
    const isMore = part === ',' ? isValues : part === 'and' || part === 'or' ? isCondition : undefined;
    const length = isMore ? repeatedLength(kept, parts, at + 1, isMore) : 0;
    if (length > 0) at += length;
    else kept.push(part);
  }
  return kept;
}

type Piece = (piece: readonly string[], before: string | undefined, behind: string | undefined) => boolean;

/** How many tokens from `at` on are what was kept last, and hold a value. */
function repeatedLength(
  kept: readonly string[],
  parts: readonly string[],
  at: number,
  isMore: Piece,
): number {
  for (let length = 1; length <= longest && length <= kept.length && at + length <= parts.length; length++) {
    const start = kept.length - length;
    if (kept[start] !== parts[at] || kept[start + length - 1] !== parts[at + length - 1]) continue;
    const piece = parts.slice(at, at + length);
    const same = piece.every((part, index) => part === kept[start + index]);
    if (!same || !piece.includes('?') || !isClosed(piece)) continue;
    if (isMore(piece, kept[start - 1], parts[at + length])) return length;
  }
  return 0;
}

/** A value of a list, or a row of VALUES. */
const isValues: Piece = (piece) => piece.length === 1 || (piece[0] === '(' && piece.at(-1) === ')');

/** More than a value, which would be what gets out of a literal: `name = '' or '1'`. And all of what is joined. */
const isCondition: Piece = (piece, before, behind) =>
  piece.length > 2 &&
  (before === undefined || starts.has(before)) &&
  (behind === undefined || ends.has(behind));

const starts: ReadonlySet<string> = new Set(['where', 'having', 'on', 'and', 'or', '(']);
const ends: ReadonlySet<string> = new Set([
  ...['and', 'or', ')', ';', '/**/', 'order', 'group', 'having', 'limit', 'offset', 'fetch', 'for'],
  ...['returning', 'on', 'union', 'intersect', 'except', 'window'],
]);

function isClosed(parts: readonly string[]): boolean {
  let open = 0;
  for (const part of parts) {
    if (part === '(') open++;
    else if (part === ')' && --open < 0) return false;
  }
  return open === 0;
}

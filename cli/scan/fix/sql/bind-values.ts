import type { Edit } from '../fix.ts';
import type { Hole, Literal, TextPart } from '../text-part.ts';
import { holeMark, type SqlSigns, sqlTokens } from './sql-tokens.ts';
import { type ValuePlace, valuePlaces } from './value-places.ts';

/** The parameter syntax of a database client. */
export interface Binding extends SqlSigns {
  /** Returns the placeholder for the parameter with this number, from 1. */
  readonly write: (number: number) => string;
  /** Whether placeholders have numbers: `$1`. Existing ones keep theirs, and new ones continue after them. */
  readonly numbered: boolean;
  /** Whether the client accepts a string as the number after LIMIT and OFFSET. */
  readonly textLimit: boolean;
  /**
   * Whether a string parameter may compare differently from the unquoted value that it replaces. In SQLite, `a = 5` and
   * `a = ?` with the parameter `'5'` are the same only if the type of column `a` converts the string.
   */
  readonly bareIsTyped: boolean;
  /** A pattern that the rest of the statement must not match. The client would take a match for a placeholder. */
  readonly never: RegExp;
}

/** A value that becomes a parameter. */
export interface BoundValue {
  /** The letters and holes of a string, or a single hole. */
  readonly pieces: readonly (string | Hole)[];
  readonly quoted: boolean;
  /** Whether it follows LIMIT or OFFSET, where every string is read as a number. */
  readonly isCount: boolean;
  /** The number of existing parameters before it. */
  readonly before: number;
}

/** The result of binding the values of a statement. */
export interface Bound {
  readonly values: readonly BoundValue[];
  readonly edits: readonly Edit[];
  /** The number of existing placeholders. */
  readonly placeholders: number;
  /** Holes that remain in the text. */
  readonly unbound: readonly Hole[];
}

/**
 * Replaces values in an SQL statement with parameters. A value is replaced if it contains holes (inserted values) and
 * `wants` accepts all of them. Undefined if the statement can't be parsed with certainty, or no value can be replaced.
 */
export function bindValues(
  parts: readonly TextPart[],
  binding: Binding,
  wants: (hole: Hole, quoted: boolean) => boolean,
): Bound | undefined {
  if (parts.some((part) => part.kind === 'letters' && part.text.includes(holeMark))) return undefined;
  const text = parts.map((part) => (part.kind === 'hole' ? holeMark : part.text)).join('');
  const tokens = sqlTokens(text, binding);
  if (!tokens) return undefined;
  const placeholders = tokens.filter(({ kind }) => kind === 'placeholder');
  let next = binding.numbered
    ? Math.max(0, ...placeholders.map(({ text: sign }) => Number(sign.slice(1))))
    : 0;
  const spots = spotsOf(parts);
  const values: BoundValue[] = [];
  const edits: Edit[] = [];
  const bound = new Set<Hole>();
  const boundAt = new Set<number>();
  for (const place of valuePlaces(tokens, binding.textLimit)) {
    const pieces = piecesOf(parts, text, place);
    const holes = pieces.filter((piece): piece is Hole => typeof piece !== 'string');
    if (!holes.every((hole) => wants(hole, place.quoted))) continue;
    values.push({ pieces, quoted: place.quoted, isCount: place.isCount, before: place.placeholdersBefore });
    edits.push(editOf(spots, place, binding.write(++next)));
    for (const hole of holes) bound.add(hole);
    boundAt.add(place.at);
  }
  const kept = tokens.filter(({ kind, at }) => kind !== 'placeholder' && !boundAt.has(at));
  if (values.length === 0 || kept.some(({ text: written }) => binding.never.test(written))) return undefined;
  const unbound = parts.filter((part): part is Hole => part.kind === 'hole' && !bound.has(part));
  return { values, edits, placeholders: placeholders.length, unbound };
}

/** Where a letter of the whole text, or a hole, is written. */
interface Spot {
  readonly at: number;
  readonly end: number;
  readonly literal: Literal | undefined;
}

function spotsOf(parts: readonly TextPart[]): Spot[] {
  return parts.flatMap((part) =>
    part.kind === 'hole'
      ? [{ at: part.outerAt, end: part.outerEnd, literal: part.literal }]
      : [...part.text]
          .flatMap((letter) => letter.split(''))
          .map((_, i) => ({
            at: part.offsets[i] as number,
            end: part.offsets[i + 1] as number,
            literal: part.literal,
          })),
  );
}

/** Replaces the letters and holes of a value, and the code between them, by a placeholder. */
function editOf(spots: readonly Spot[], { at, end }: ValuePlace, placeholder: string): Edit {
  let from = spots[at] as Spot;
  const last = spots[end - 1] as Spot;
  const head = from.literal ?? spots[at - 1]?.literal;
  // A hole that is concatenated to a text. The text continues in its place.
  if (!from.literal && head) from = { ...from, at: head.end - head.quote.length };
  const follower = last.literal ?? spots[end]?.literal;
  const tail = last.literal ? last.end : follower ? contentStart(follower) : last.end;
  if (!head) return { at: from.at, end: tail, text: placeholder };
  if (!follower) return { at: from.at, end: tail, text: placeholder + head.quote };
  if (head === follower) return { at: from.at, end: tail, text: placeholder };
  if (head.quote === follower.quote && head.prefix === follower.prefix) {
    return { at: from.at, end: tail, text: placeholder };
  }
  const open = follower.prefix + follower.quote;
  return { at: from.at, end: tail, text: `${placeholder}${head.quote} + ${open}` };
}

function contentStart({ at, quote, prefix }: Literal): number {
  return at + prefix.length + quote.length;
}

function piecesOf(parts: readonly TextPart[], text: string, place: ValuePlace): (string | Hole)[] {
  const from = place.quoted ? place.at + 1 : place.at;
  const to = place.quoted ? place.end - 1 : place.end;
  const pieces: (string | Hole)[] = [];
  let at = 0;
  for (const part of parts) {
    const length = part.kind === 'hole' ? 1 : part.text.length;
    const start = Math.max(at, from);
    const end = Math.min(at + length, to);
    if (start < end) pieces.push(part.kind === 'hole' ? part : text.slice(start, end));
    at += length;
  }
  return pieces;
}

/**
 * Whether a value had no quotes in the statement. As a string parameter, it may compare differently. False after LIMIT
 * and OFFSET, where a string is read as a number.
 */
export function isBare({ quoted, isCount }: BoundValue): boolean {
  return !quoted && !isCount;
}

/** The reason why a fix that binds an unquoted value is only suggested. */
export const ofBareValue =
  'Without quotes the value was a number or a boolean. As a parameter it is text, which may not compare equal. Convert it first.';

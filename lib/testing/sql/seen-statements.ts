import { type ReadText, readText } from '../../sql/guard/read-text.ts';
import type { DialectName } from '../../sql/lex/dialect-name.ts';
import { rulesFor } from '../../sql/lex/rules.ts';
import { statementShape } from './statement-shape.ts';

/** Shorter values stand in a statement by chance. */
const shortest = 4;

/** What a statement is known by: its tokens, without what stands in literals, numbers and placeholders. */
export interface SeenStatements {
  shapeOf(text: string): string;
  /**
   * Of a run with a harmless value.
   *
   * @param text as the application wrote it
   * @param sent as the server reads it: with the values in it, where the driver writes them into the text
   * @param run which run it is: 2n and 2n + 1 have the same value, and differ in the names that the application makes up
   */
  add(text: string, sent: string, run: number): void;
  /** True where a text with this shape was sent with a harmless value. */
  knows(sent: string): boolean;
  /** True where the value is written out in the text, as more than a number, and was not there without it. */
  holds(text: string, value: string): boolean;
  /** True where a literal holds this part of a value, with something beside it that it had with no harmless value. */
  holdsPart(text: string, word: string): boolean;
  /** Where the value is written out in the text. */
  where(text: string, value: string): Place | undefined;
  /** Of what was sent with a harmless value, the one that begins most like it. */
  closest(text: string): string;
  /** What was sent with harmless values, in order. */
  texts(): readonly string[];
}

/** `bare` is what is neither a literal nor a number: a part of the statement itself. */
export type Place = 'number' | 'literal' | 'bare';

const certain = 8;

/** A shape in which some names are made up: undefined stands for any. */
type Pattern = readonly (string | undefined)[];

export function seenStatements(dialect: DialectName): SeenStatements {
  const rules = rulesFor(dialect);
  const byShape = new Map<string, { readonly sent: string; readonly runs: Set<number> }>();
  const written = new Set<string>();
  const literals = new Set<string>();
  let patterns: readonly Pattern[] | undefined;
  const keyOf = (parts: readonly string[]): string => parts.join('\0');
  const texts = (): readonly string[] => [...byShape.values()].map(({ sent }) => sent);
  const literalsIn = (text: string): readonly string[] => {
    const { lower, tokens } = readText(text, rules);
    return tokens.filter(({ kind }) => kind === 'literal').map(({ start, end }) => lower.slice(start, end));
  };

  const madeUp = (): readonly Pattern[] => {
    const once = [...byShape].flatMap(
      ([
        key,
        {
          runs: [run, ...more],
        },
      ]) => (run === undefined || more.length > 0 ? [] : [{ parts: key.split('\0'), run }]),
    );
    return once
      .filter(({ run }) => run % 2 === 0)
      .flatMap(({ parts, run }) =>
        once.filter((other) => other.run === run + 1).flatMap((other) => patternOf(parts, other.parts)),
      );
  };

  return {
    shapeOf: (text) => statementShape(text, rules).join(' '),
    add(text, sent, run) {
      written.add(text);
      for (const literal of literalsIn(text)) literals.add(literal);
      for (const each of [text, sent]) {
        const key = keyOf(statementShape(each, rules));
        const known = byShape.get(key);
        if (known) known.runs.add(run);
        else byShape.set(key, { sent: each, runs: new Set([run]) });
      }
      patterns = undefined;
    },
    knows(sent) {
      const parts = statementShape(sent, rules);
      if (byShape.has(keyOf(parts))) return true;
      patterns ??= madeUp();
      return patterns.some((pattern) => fits(pattern, parts));
    },
    holds(text, value) {
      const inside = (whole: string): boolean => whole.toLowerCase().includes(value.toLowerCase());
      if (value.length < shortest || !inside(text) || [...written].some(inside)) return false;
      const place = placeIn(readText(text, rules), value);
      return place === 'bare' || (place === 'literal' && getsOut.test(value));
    },
    holdsPart(text, word) {
      if (word.length < shortest || written.has(text)) return false;
      return literalsIn(text).some(
        (literal) =>
          literal.includes(word.toLowerCase()) &&
          getsOut.test(literal.slice(2, -1)) &&
          !literals.has(literal),
      );
    },
    where: (text, value) => placeIn(readText(text, rules), value),
    texts,
    closest(text) {
      const common = (other: string): number => {
        let at = 0;
        while (at < text.length && text[at] === other[at]) at++;
        return at;
      };
      return texts().reduce((best, other) => (common(other) > common(best) ? other : best), '');
    },
  };
}

/** What ends a literal, or takes its end away. */
const getsOut = /['"`\\]/;

/** A number or a date, in quotes or not: there is nothing in it that gets out. */
function isNumeric(text: string): boolean {
  return /^-?['"]?[\d\s.,:+\-/tz]*['"]?$/i.test(text);
}

/** The first place of all where the value is more than a number; otherwise, `number`. */
function placeIn({ lower, tokens }: ReadText, value: string): Place | undefined {
  const searched = value.toLowerCase();
  let place: Place | undefined;
  if (searched === '') return undefined;
  for (let at = lower.indexOf(searched); at >= 0; at = lower.indexOf(searched, at + searched.length)) {
    const end = at + searched.length;
    // What is short stands in a longer word by chance.
    if (searched.length < certain && /\w/.test(`${lower[at - 1] ?? ''}${lower[end] ?? ''}`)) continue;
    const under = tokens.filter((token) => token.start < end && token.end > at);
    const texts = under.map((token) => lower.slice(token.start, token.end));
    const [first] = under;
    if (under.length === 1 && first?.kind === 'literal') {
      if (!isNumeric(texts[0] as string)) return 'literal';
    } else if (
      !under.every(({ kind }, index) => kind === 'number' || isBetween(texts[index] as string, index))
    ) {
      return 'bare';
    }
    place = 'number';
  }
  return place;
}

const isBetween = (text: string, index: number): boolean => text === ',' || (text === '-' && index === 0);

/** What two statements have in common that differ in nothing but names. */
function patternOf(one: readonly string[], other: readonly string[]): readonly Pattern[] {
  if (one.length !== other.length) return [];
  const pattern = one.map((part, at) => (part === other[at] ? part : undefined));
  const differ = one.filter((_part, at) => pattern[at] === undefined);
  const names = one.every(
    (part, at) => pattern[at] !== undefined || (isName(part) && isName(other[at] as string)),
  );
  return names && differ.length > 0 && differ.length < one.length ? [pattern] : [];
}

function fits(pattern: Pattern, parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((part, at) => part === parts[at] || (part === undefined && isName(parts[at] as string)))
  );
}

/** One word, or what stands in quotes and is no value. */
function isName(part: string): boolean {
  return /^[\w$\u0080-\uffff]+$|^["`[]/.test(part) && part !== '[';
}

/**
 * Begins and ends transactions, whatever was sent before: an application that was refused, or stopped, has to be able to
 * roll back. Of one word, or the name of what is rolled back; who names a savepoint is looked at as for every other name.
 */
export function isTransactionCommand(text: string): boolean {
  return /^\s*(?:(?:begin|start\s+transaction|commit|end|rollback)\b[\w\s]*|(?:rollback(?:\s+work|\s+transaction)?\s+to|release)(?:\s+savepoint)?\s+(?:\w+|"[^"]*"|`[^`]*`))\s*;?\s*$/i.test(
    text,
  );
}

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
  /** True where the value is written out in the text, and was not there without it. */
  holds(text: string, value: string): boolean;
  /** What was sent with harmless values, in order. */
  texts(): readonly string[];
}

/** A shape in which some names are made up: undefined stands for any. */
type Pattern = readonly (string | undefined)[];

export function seenStatements(dialect: DialectName): SeenStatements {
  const rules = rulesFor(dialect);
  const byShape = new Map<string, { readonly sent: string; readonly runs: Set<number> }>();
  const written = new Set<string>();
  let patterns: readonly Pattern[] | undefined;
  const keyOf = (parts: readonly string[]): string => parts.join('\0');

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
      return value.length >= shortest && inside(text) && ![...written].some(inside);
    },
    texts: () => [...byShape.values()].map(({ sent }) => sent),
  };
}

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

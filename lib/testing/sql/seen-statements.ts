import { maskedText, readText } from '../../sql/guard/read-text.ts';
import type { DialectName } from '../../sql/lex/dialect-name.ts';
import { rulesFor } from '../../sql/lex/rules.ts';

/** Shorter values stand in a statement by chance. */
const shortest = 4;

/** What a statement is known by: its tokens, without what stands in literals, numbers and placeholders. */
export interface SeenStatements {
  shapeOf(text: string): string;
  /** Of a run with a harmless value. */
  add(text: string): void;
  /** The text that was sent with a harmless value and has this shape. */
  like(text: string): string | undefined;
  /** True where the value is written out in the text, and was not there without it. */
  holds(text: string, value: string): boolean;
  /** What was sent with harmless values, in order. */
  texts(): readonly string[];
}

export function seenStatements(dialect: DialectName): SeenStatements {
  const rules = rulesFor(dialect);
  const byShape = new Map<string, string>();
  const shapeOf = (text: string): string => maskedText(readText(text, rules), Number.POSITIVE_INFINITY);
  return {
    shapeOf,
    add(text) {
      const shape = shapeOf(text);
      if (!byShape.has(shape)) byShape.set(shape, text);
    },
    like: (text) => byShape.get(shapeOf(text)),
    holds(text, value) {
      const inside = (whole: string): boolean => whole.toLowerCase().includes(value.toLowerCase());
      return value.length >= shortest && inside(text) && ![...byShape.values()].some(inside);
    },
    texts: () => [...byShape.values()],
  };
}

/** Begins and ends transactions: an application that was stopped has to be able to roll back. */
export function isTransactionCommand(text: string): boolean {
  return /^\s*(?:begin|start\s+transaction|commit|end|rollback|savepoint|release)\b[\w\s]*;?\s*$/i.test(text);
}

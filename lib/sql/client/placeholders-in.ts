import type { DialectName } from '../lex/dialect-name.ts';
import { rulesFor } from '../lex/rules.ts';
import { tokenise } from '../lex/tokenise.ts';
import type { Statement } from '../render/render.ts';
import type { Reading } from '../template/sql-site.ts';

export interface Placeholder {
  readonly start: number;
  readonly end: number;
}

const known = new WeakMap<Reading, Map<string, readonly Placeholder[]>>();
/** Texts of one place in the code that are remembered: a client's choices make more. */
const mostTexts = 16;

/** Where the placeholders of a statement stand in its text: not what looks like one in a literal or a comment. */
export function placeholdersIn({ text, reading }: Statement, dialect: DialectName): readonly Placeholder[] {
  const texts = known.get(reading) ?? new Map<string, readonly Placeholder[]>();
  if (texts.size === 0) known.set(reading, texts);
  const placeholders =
    texts.get(text) ?? tokenise(text, rulesFor(dialect)).filter(({ kind }) => kind === 'placeholder');
  if (texts.size < mostTexts) texts.set(text, placeholders);
  return placeholders;
}

/** The text with its placeholders, and what stands between them, written in another way. */
export function rewrite(
  { text }: Statement,
  placeholders: readonly Placeholder[],
  write: { between(this: void, text: string): string; placeholder(this: void, number: number): string },
): string {
  let out = '';
  let at = 0;
  placeholders.forEach(({ start, end }, i) => {
    out += write.between(text.slice(at, start)) + write.placeholder(i + 1);
    at = end;
  });
  return out + write.between(text.slice(at));
}

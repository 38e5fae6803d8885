import type { DialectName } from '../lex/dialect-name.ts';
import { rulesFor } from '../lex/rules.ts';
import { placeIn } from '../lex/template-misuse.ts';
import { tokenise } from '../lex/tokenise.ts';

/**
 * What a database says is wrong with the text of a statement. The developer wrote that text, so it may be shown. A database
 * says the same of text that it gets as a value, such as `${name}::regclass`, which may not.
 */
export interface Mistake {
  /** The sentence, without the place. */
  readonly says: string;
  /** What the sentence quotes. It is shown only if all of it stands in the statement's text. */
  readonly quotes: readonly string[];
  /** Where the text is wrong, in code points from its start, as PostgreSQL counts. */
  readonly at?: number | undefined;
  /** The rest of the statement from the mistake on, or its start, as MySQL tells it. */
  readonly near?: string | undefined;
  /** A function could have been given what is quoted. It is shown only for a statement without values. */
  readonly mayHoldValue?: boolean;
}

/** The sentence and the place, with the line and a caret below it; undefined where the text does not hold what it quotes. */
export function describeMistake(text: string, mistake: Mistake, dialect: DialectName): string | undefined {
  const lower = text.toLowerCase();
  if (!mistake.quotes.every((quote) => lower.includes(quote.toLowerCase()))) return undefined;
  const offset = offsetOf(text, mistake, dialect);
  const says = mistake.says.slice(0, longest).replace(/\p{Cc}/gu, ' ');
  return offset === undefined ? says : `${says} ${placeIn(text, offset)}`;
}

const longest = 400;

function offsetOf(text: string, { at, near, quotes }: Mistake, dialect: DialectName): number | undefined {
  if (at !== undefined) return at >= 0 && at <= text.length ? utf16Offset(text, at) : undefined;
  if (near !== undefined) return text.endsWith(near) ? text.length - near.length : indexIn(text, near);
  const [name] = quotes;
  if (name === undefined) return undefined;
  const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const tokens = tokenise(text, rulesFor(dialect)).filter(({ kind, start, end }) => {
    const token = text.slice(start, end).toLowerCase();
    return kind === 'name' ? token.slice(1, -1) === last : token === last;
  });
  return tokens[0]?.start;
}

function indexIn(text: string, part: string): number | undefined {
  const exact = text.indexOf(part);
  const found = exact === -1 ? text.toLowerCase().indexOf(part) : exact;
  return found === -1 ? undefined : found;
}

function utf16Offset(text: string, points: number): number {
  let offset = 0;
  for (let left = points; left > 0 && offset < text.length; left--) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

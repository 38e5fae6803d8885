import { scanSync } from 'libpg-query';
import { rulesFor } from '../../lib/sql/lex/rules.ts';
import { tokenise } from '../../lib/sql/lex/tokenise.ts';
import { isOpen, isText, mayStart } from './disagreement.ts';

/** How PostgreSQL's scanner disagrees with ours about a text; 'refused' where it takes no side. */
export function disagreePostgres(text: string): string | undefined {
  const tokens = tokenise(text, rulesFor('postgres'));
  const theirs = scanned(text);
  if (theirs === undefined) return 'refused';
  if (isOpen(tokens)) return 'it finds everything closed';
  const starts = new Set<number>();
  const ends = new Set<number>();
  for (const { start, end } of theirs) {
    if (!mayStart(tokens, start)) return `a token starts at ${start}`;
    if (!mayStart(tokens, end)) return `a token ends at ${end}`;
    starts.add(start);
    ends.add(end);
  }
  let last = -1;
  for (const token of tokens.filter(isText)) {
    // A literal that continues another one is a part of it there, with the comments between them.
    const inOne = theirs.some(({ start, end }) => start <= last && start < token.start && token.end <= end);
    if (!(starts.has(token.start) || inOne)) return `nothing starts at ${token.start}`;
    if (
      !(
        ends.has(token.end) ||
        theirs.some(
          (their) =>
            their.start < token.end &&
            token.end < their.end &&
            inOne !== undefined &&
            continues(text, token.end),
        )
      )
    ) {
      return `nothing ends at ${token.end}`;
    }
    last = token.start;
  }
  return undefined;
}

/** Whether white space with a line break, and comments, are all that stands in front of the next quote. */
function continues(text: string, at: number): boolean {
  return /^(?:[ \t\n\r\f\v]|--[^\n\r]*)*'/.test(text.slice(at));
}

function scanned(text: string): { start: number; end: number }[] | undefined {
  try {
    const { tokens } = scanSync(text) as { tokens: { start: number; end: number }[] };
    const bytes = Buffer.from(text);
    const units = (offset: number): number => bytes.toString('utf8', 0, offset).length;
    return tokens.map(({ start, end }) => ({ start: units(start), end: units(end) }));
  } catch {
    return undefined;
  }
}

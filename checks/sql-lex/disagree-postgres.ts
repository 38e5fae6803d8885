import { scanSync } from 'libpg-query';
import { rulesFor } from '../../lib/sql/lex/rules.ts';
import { tokenise } from '../../lib/sql/lex/tokenise.ts';
import { isOpen, isText, mayStart } from './disagreement.ts';

/** How PostgreSQL's scanner disagrees with ours about a text; 'refused' where it takes no side. */
export function disagreePostgres(text: string): string | undefined {
  const tokens = tokenise(text, rulesFor('postgres'));
  // The scanner in libpg-query gives comments, and so reads no literals as one across them, as the server's does.
  const across = tokens.some((token, i) => token.style === 'line' && tokens[i - 1]?.kind === 'literal');
  const theirs = across ? undefined : scanned(text);
  if (theirs === undefined) return 'refused';
  if (isOpen(tokens)) return 'it finds everything closed';
  for (const { start, end } of theirs) {
    if (!mayStart(tokens, start)) return `a token starts at ${start}`;
    if (!mayStart(tokens, end)) return `a token ends at ${end}`;
  }
  for (const token of tokens.filter(isText)) {
    const their = theirs.find(({ start, end }) => start <= token.start && token.end <= end);
    if (!their) return `no token holds what is at ${token.start}`;
    if (their.start === token.start && their.end === token.end) continue;
    // A literal that continues another one is a part of it there.
    const parts = tokens.filter(({ start, end }) => their.start <= start && end <= their.end);
    if (!parts.every(({ kind }) => kind === 'literal')) {
      return `one token starts at ${their.start}`;
    }
  }
  return undefined;
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

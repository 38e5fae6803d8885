import type { Token } from '../../lib/sql/lex/token.ts';

/** Whether what a token holds is no code: the content of a literal, of a quoted name or of a comment. */
export function isText(token: Token): boolean {
  return (
    token.kind === 'literal' ||
    token.kind === 'name' ||
    (token.kind === 'comment' && token.style !== 'executable')
  );
}

/** Whether a server could read a token that starts here: not behind the start of a text or of a word. */
export function mayStart(tokens: readonly Token[], at: number): boolean {
  return !tokens.some(
    (token) => token.start < at && at < token.end && (isText(token) || token.kind === 'word'),
  );
}

/** Whether the text ends inside a literal, a name or a comment that is no code and should have been closed. */
export function isOpen(tokens: readonly Token[]): boolean {
  return tokens.some((token) => !token.closed && token.style !== 'line' && token.style !== 'executable');
}

/** Whether the marker stands somewhere as a word of its own. */
export function hasWord(text: string, tokens: readonly Token[], marker: string): boolean {
  return tokens.some((token) => token.kind === 'word' && text.slice(token.start, token.end) === marker);
}

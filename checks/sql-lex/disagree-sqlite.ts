import type { Database } from 'better-sqlite3';
import { rulesFor } from '../../lib/sql/lex/rules.ts';
import type { Token } from '../../lib/sql/lex/token.ts';
import { tokenise } from '../../lib/sql/lex/tokenise.ts';
import { hasWord, isText } from './disagreement.ts';

/** How SQLite disagrees with our reading of an expression list; 'refused' where it takes no side. */
export function disagreeSqlite(database: Database, list: string): string | undefined {
  // At the end of the text it is two operators there. We call it a comment, since a fragment may get more behind it.
  if (list.endsWith('/*')) return 'refused';
  const text = `select ${list}`;
  const tokens = tokenise(text, rulesFor('sqlite'));
  // A comment may stay open there.
  const open = tokens.some((token) => !token.closed && token.kind !== 'comment');
  let values: string[];
  try {
    const statement = database.prepare(text);
    if (open) return 'it finds everything closed';
    values = (statement.raw().all() as unknown[][]).flat().map(String);
  } catch (error) {
    const { message } = error as Error;
    if (message.includes('Too few parameter values') || message.includes('named parameters')) {
      return tokens.some((token) => token.kind === 'placeholder') ? undefined : 'it finds a placeholder';
    }
    if (message.includes('more than one statement')) {
      return tokens.some((token) => token.kind === 'separator') ? undefined : 'it finds a semicolon';
    }
    if (message === 'incomplete input') return open ? 'it finds everything closed' : undefined;
    const unknown = /^no such column: (?:.*\.)?(mk\d)$/.exec(message)?.[1];
    if (unknown !== undefined) {
      const quoted = tokens.some(
        (token) => token.kind === 'name' && text.slice(token.start, token.end).includes(unknown),
      );
      return quoted || hasWord(text, tokens, unknown) ? undefined : 'a marker that we call text is code';
    }
    const near = /^near "(.*)": syntax error$/s.exec(message)?.[1];
    if (near !== undefined)
      return isSlice(text, tokens, near, true) ? undefined : `it finds the token ${near}`;
    const odd = /^unrecognized token: "(.*)"$/s.exec(message)?.[1];
    if (odd !== undefined)
      return isSlice(text, tokens, odd, false) ? undefined : `it finds the odd token ${odd}`;
    return 'refused';
  }
  const texts = tokens.filter(isText).map((token) => text.slice(token.start, token.end));
  const stray = values.flatMap((value) => value.match(/mk\d/g) ?? []);
  return stray.every((marker) => texts.some((content) => content.includes(marker)))
    ? undefined
    : 'a marker that we call code is text';
}

/** Whether a token, or a run of operators that starts with one, has this text. */
function isSlice(text: string, tokens: readonly Token[], slice: string, ends: boolean): boolean {
  return tokens.some((token, i) => {
    if (!text.startsWith(slice, token.start)) return false;
    const end = token.start + slice.length;
    return !ends || tokens.slice(i, i + 3).some((later) => later.end === end);
  });
}

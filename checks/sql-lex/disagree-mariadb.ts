import type { Connection } from 'mysql2/promise';
import { rulesFor, type ServerModes } from '../../lib/sql/lex/rules.ts';
import { tokenise } from '../../lib/sql/lex/tokenise.ts';
import { hasWord, isOpen, isText, mayStart } from './disagreement.ts';

/** How a server in these modes disagrees with our reading of an expression list; 'refused' where it takes no side. */
export async function disagreeMariadb(
  connection: Connection,
  list: string,
  modes: ServerModes,
): Promise<string | undefined> {
  const text = `select ${list}`;
  const tokens = tokenise(text, rulesFor('mysql', modes));
  const answer = await ask(connection, text);
  if ('values' in answer) {
    if (isOpen(tokens)) return 'it finds everything closed';
    // A value that holds a marker came out of a literal.
    const literals = tokens.filter(isText).map((token) => text.slice(token.start, token.end));
    const stray = answer.values.flatMap((value) => value.match(/mk\d/g) ?? []);
    return stray.every((marker) => literals.some((literal) => literal.includes(marker)))
      ? undefined
      : 'a marker that we call code is text';
  }
  const unknown = /^Unknown column '(?:.*\.)?(mk\d)'/.exec(answer.error)?.[1];
  if (unknown !== undefined) {
    const quoted = tokens.some(
      (token) => token.kind === 'name' && text.slice(token.start, token.end).includes(unknown),
    );
    return quoted || hasWord(text, tokens, unknown) ? undefined : 'a marker that we call text is code';
  }
  const near = / near '(.*)' at line \d+$/s.exec(answer.error)?.[1];
  if (near === undefined) return 'refused';
  if (near === '') return isOpen(tokens) ? 'it finds everything closed' : undefined;
  // The server shows 80 characters at most.
  const at = [...near].length < 80 ? text.length - near.length : text.indexOf(near);
  if (!text.startsWith(near, at)) return 'refused';
  return mayStart(tokens, at) ? undefined : `a token starts at ${at}`;
}

async function ask(connection: Connection, text: string): Promise<{ values: string[] } | { error: string }> {
  try {
    const [rows] = await connection.query({ sql: text, rowsAsArray: true });
    return { values: (rows as unknown[][]).flat().map(String) };
  } catch (error) {
    return { error: (error as { sqlMessage?: string }).sqlMessage ?? '' };
  }
}

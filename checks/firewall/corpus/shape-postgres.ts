import { parseSync, scanSync } from 'libpg-query';

/** What may differ between two statements of one shape: the text of constants and of names, and places. */
function erase(key: string, value: unknown): unknown {
  if (/(^|_)(location|len|list_start|list_end)$/.test(key)) return undefined;
  if (/^(relname|schemaname|aliasname|conname|colname|comment)$/.test(key)) return '';
  if (key === 'ResTarget') return { ...(value as object), name: '' };
  if (key === 'A_Const') {
    const kind = Object.keys(value as object).find((name) => /val$|isnull/.test(name));
    return kind === 'fval' ? 'ival' : kind;
  }
  if (key === 'ColumnRef') {
    const fields = (value as { fields?: object[] }).fields ?? [];
    return fields.map((field) => Object.keys(field)[0]);
  }
  return value;
}

/**
 * The parse tree of PostgreSQL's own parser without what values and names say, and the number of comments. Throws what the parser throws.
 */
export function shapePostgres(text: string): string {
  const tree = parseSync(text);
  const comments = scanSync(text).tokens.filter(({ tokenName }) => tokenName.endsWith('_COMMENT')).length;
  return JSON.stringify({ comments, tree }, erase);
}

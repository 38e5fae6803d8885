/** A token of an SQL statement. */
export interface SqlToken {
  readonly kind: 'word' | 'number' | 'text' | 'name' | 'sign' | 'hole' | 'placeholder';
  readonly at: number;
  readonly end: number;
  /** The text of the token, in lower case. */
  readonly text: string;
}

/**
 * The character that stands for an unknown value in a statement. It is of Unicode's private use area, so no statement
 * contains it.
 */
export const holeMark = '\uE000';

/** The lexical syntax of a database client. */
export interface SqlSigns {
  /** Matches existing placeholders. */
  readonly placeholder: RegExp;
  /** Whether a string may have double quotes, as in MySQL. */
  readonly doubleQuotes: boolean;
}

/**
 * The tokens of one statement. Undefined if the text contains anything that drivers may read differently: comments, dollar
 * quotes, backslashes in strings, or several statements.
 */
export function sqlTokens(text: string, signs: SqlSigns): SqlToken[] | undefined {
  const tokens: SqlToken[] = [];
  const placeholder = new RegExp(signs.placeholder.source, 'y');
  let at = 0;
  while (at < text.length) {
    placeholder.lastIndex = at;
    const own = placeholder.exec(text);
    const kind = own ? 'placeholder' : kindAt(text, at, signs);
    if (kind === undefined) return undefined;
    const end = own ? at + own[0].length : endOf(text, at, kind);
    if (end <= at) return undefined;
    const written = text.slice(at, end);
    if (kind === 'text' && written.includes('\\')) return undefined;
    if (kind === 'sign' && /--|\/\*|#/.test(written)) return undefined;
    if (tokens.at(-1)?.text === ';') {
      if (kind !== 'space') return undefined;
    } else if (kind !== 'space') tokens.push({ kind, at, end, text: written.toLowerCase() });
    at = end;
  }
  return tokens;
}

type Kind = SqlToken['kind'] | 'space';

function kindAt(text: string, at: number, { doubleQuotes }: SqlSigns): Kind | undefined {
  const letter = text[at] as string;
  if (/\s/.test(letter)) return 'space';
  if (letter === holeMark) return 'hole';
  if (letter === "'") return 'text';
  if (letter === '"') return doubleQuotes ? 'text' : 'name';
  if (letter === '`' || letter === '[') return 'name';
  if (/[\p{L}_]/u.test(letter)) return 'word';
  if (/\d/.test(letter)) return 'number';
  return /[-!-&(-/:-@^\]{|}~]/.test(letter) && letter !== '$' ? 'sign' : undefined;
}

function endOf(text: string, at: number, kind: Kind): number {
  const letter = text[at] as string;
  switch (kind) {
    case 'text':
    case 'name':
      return endOfQuoted(text, at, letter === '[' ? ']' : letter);
    case 'space':
      return match(text, at, /\s+/y);
    case 'word':
      return match(text, at, /[\p{L}\p{N}_$]+/uy);
    case 'number':
      return match(text, at, /[\d.]+(?:e[+-]?\d+)?/iy);
    case 'sign':
      return '(),;.'.includes(letter) ? at + 1 : match(text, at, /[-!#%&*+/:<=>?@^|~\]{}]+/y);
    default:
      return at + 1;
  }
}

/** A doubled quote is a letter of the text. */
function endOfQuoted(text: string, at: number, quote: string): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] !== quote) return i + 1;
    i++;
  }
  return at;
}

function match(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

import type { DialectName } from './dialect-name.ts';
import { type ListPlace, listPlaces } from './list-places.ts';
import { createPlaces, type Place } from './place.ts';
import { rulesFor } from './rules.ts';
import { hole, templateMisuse } from './template-misuse.ts';
import type { Token } from './token.ts';
import { tokenise } from './tokenise.ts';

export type { ListPlace } from './list-places.ts';
export type { Place } from './place.ts';

export interface Lexed {
  /** For each hole, in order. */
  readonly places: readonly Place[];
  /** For each hole, in order: whether it takes a list. */
  readonly lists: readonly ListPlace[];
  /** Holes with the word ESCAPE behind them. */
  readonly beforeEscape: readonly number[];
  /** A comment runs to the end, and would swallow what follows. */
  readonly endsInComment: boolean;
  /** Nothing but white space, comments and holes. */
  readonly blank: boolean;
  /** The offset of a semicolon with nothing but comments behind it, where the statement ends. */
  readonly end: number | undefined;
}

/**
 * Reads a template, in which each hole is a NUL, as the database's own scanner does, as far as it matters for where a
 * placeholder is a placeholder. Throws a `Misuse` where a hole is inside a literal, a quoted name or a comment, where
 * it would grow together with the text beside it, and for text whose meaning depends on how the server is set up.
 */
export function readTemplate(source: string, dialect: DialectName): Lexed {
  const control = source.search(strange);
  if (control !== -1) throw templateMisuse('sql/ambiguous-text', source, control, controlHint);
  const tokens = tokenise(source, rulesFor(dialect));
  const places = createPlaces(dialect);
  const words: string[] = [];
  let end: number | undefined;
  let nextHole = source.indexOf(hole);
  for (const [index, token] of tokens.entries()) {
    if (nextHole !== -1 && nextHole < token.start) nextHole = source.indexOf(hole, token.start);
    const held = nextHole !== -1 && nextHole < token.end ? nextHole : undefined;
    if (token.kind === 'separator') {
      if (!isLast(tokens, index)) throw templateMisuse('sql/several-statements', source, token.start);
      end = token.start;
      continue;
    }
    refuse(source, token, held, dialect, () => isInterval(source, tokens, index));
    if (token.kind === 'comment') continue;
    const word = written(source, token);
    places.add(token.kind, word);
    words.push(word);
  }
  const last = tokens.at(-1);
  return {
    ...places.finish(),
    lists: listPlaces(words),
    endsInComment: end === undefined && last?.style === 'line' && !last.closed,
    blank: words.every((word) => word === hole),
    end,
  };
}

function refuse(
  source: string,
  token: Token,
  held: number | undefined,
  dialect: DialectName,
  interval: () => boolean,
): void {
  switch (token.kind) {
    case 'hole':
      refuseGlue(source, token.start);
      return;
    case 'placeholder':
      throw templateMisuse('sql/own-placeholder', source, token.start);
    case 'word':
      if (dialect === 'mysql' && source.startsWith('$', token.start)) {
        throw templateMisuse('sql/ambiguous-text', source, token.start, dollarHint);
      }
      return;
    case 'comment':
      refuseComment(source, token, held);
      return;
    case 'literal':
    case 'name': {
      const quote = dialect === 'sqlite' ? -1 : backslashQuote(source, token, dialect);
      if (held !== undefined && (quote === -1 || held < quote)) {
        const code = token.kind === 'literal' ? 'sql/hole-in-literal' : 'sql/hole-in-identifier';
        const hint = token.kind === 'literal' && interval() ? intervalHint(source, held, dialect) : undefined;
        throw templateMisuse(code, source, held, hint);
      }
      if (quote !== -1) throw templateMisuse('sql/ambiguous-text', source, quote, backslashHints[dialect]);
      if (!token.closed) throw templateMisuse('sql/unclosed-text', source, token.start);
      return;
    }
    default:
  }
}

/** True for `interval '...'` and `'...'::interval`. */
function isInterval(source: string, tokens: readonly Token[], index: number): boolean {
  const word = (at: number): string => {
    const token = tokens[at];
    return token === undefined ? '' : written(source, token);
  };
  if (word(index - 1) === 'interval') return true;
  return word(index + 1) === ':' && word(index + 2) === ':' && word(index + 3) === 'interval';
}

/** True where nothing but comments stands behind a semicolon. */
function isLast(tokens: readonly Token[], index: number): boolean {
  for (let i = index + 1; i < tokens.length; i++) if (tokens[i]?.kind !== 'comment') return false;
  return true;
}

function refuseGlue(source: string, at: number): void {
  if (gluing.test(source.charAt(at - 1)) || gluing.test(source.charAt(at + 1))) {
    throw templateMisuse('sql/glued-hole', source, at);
  }
}

function refuseComment(source: string, token: Token, held: number | undefined): void {
  if (token.style === 'executable')
    throw templateMisuse('sql/ambiguous-text', source, token.start, versionHint);
  if (held !== undefined) throw templateMisuse('sql/hole-in-comment', source, held);
  if (token.style === 'line') return;
  if (!token.closed) throw templateMisuse('sql/unclosed-text', source, token.start);
  if (token.style === 'hint' && /['"`]/.test(source.slice(token.start, token.end))) {
    throw templateMisuse('sql/ambiguous-text', source, token.start, optimizerHint);
  }
}

/**
 * Where a backslash decides whether the quote behind it closes the text, or -1. The server's settings decide in turn
 * what it does: standard_conforming_strings on PostgreSQL, NO_BACKSLASH_ESCAPES and ANSI_QUOTES on MySQL. Elsewhere a
 * backslash moves no end, whatever it means.
 */
function backslashQuote(source: string, token: Token, dialect: DialectName): number {
  const ends = token.style === 'single' || (token.style === 'double' && dialect === 'mysql');
  if (!ends) return -1;
  const close = token.style === 'single' ? "'" : '"';
  let backslashes = 0;
  for (let at = source.indexOf(close, token.start) + 1; at < token.end; at++) {
    const char = source.charAt(at);
    if (char === close && backslashes % 2 === 1) return at - 1;
    backslashes = char === '\\' ? backslashes + 1 : 0;
  }
  return -1;
}

function written(source: string, token: Token): string {
  switch (token.kind) {
    case 'word':
      return source.slice(token.start, token.end).toLowerCase();
    case 'literal':
      return "'";
    case 'name':
      return '"';
    case 'number':
      return '0';
    default:
      return source.charAt(token.start);
  }
}

function intervalHint(source: string, held: number, dialect: DialectName): string | undefined {
  const unit =
    /^\0\s*(second|minute|hour|day|week|month|year)/i.exec(source.slice(held, held + 40))?.[1] ?? 'day';
  const singular = unit.toLowerCase();
  if (dialect === 'mysql') return `Remove the quotes: \`interval \${n} ${singular}\`.`;
  if (dialect === 'sqlite') return undefined;
  const argument = { second: 'secs', minute: 'mins' }[singular] ?? `${singular}s`;
  return `Write \`make_interval(${argument} => \${n})\`, or \`\${n} * interval '1 ${singular}'\`.`;
}

const gluing = /[A-Za-z0-9_$\u0080-\uffff]/;
const strange =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0001-\u0008\u000b\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const controlHint =
  'The text holds a control character or a lone surrogate. Write a backslash in a template twice: `\\\\b`.';
const backslashHints: Readonly<Record<DialectName, string>> = {
  postgres:
    "A server setting decides what a backslash in front of a quote means. Write an E'...' literal, with the " +
    'backslash doubled for SQL and again for JavaScript; LIKE needs no `escape` clause, as backslash is its default.',
  mysql:
    'The mode NO_BACKSLASH_ESCAPES decides what a backslash in front of a quote means. Write a quote inside ' +
    'a literal as two quotes, and put text that ends in a backslash into a hole, as a value.',
  sqlite: '',
};
const dollarHint =
  'A word that starts with a dollar is a name on MariaDB, and can open a quoted text on MySQL. Write the name in backticks.';
const versionHint =
  "The server's version decides whether this comment is run. Write plain SQL or a plain comment.";
const optimizerHint =
  'MySQL reads quotes inside an optimizer hint and MariaDB does not, so it could end in two places. Remove the quotes.';

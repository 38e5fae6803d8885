import type { Dialect } from './firewall-case.ts';

/** Words that make a statement's shape. Every other word is a name. */
const reserved = new Set(
  (
    'all alter and any as asc attach between binary by case cast collate create cross default delete desc distinct div drop ' +
    'else end escape except exec execute exists explain false from glob group having if in index inner insert ' +
    'interval intersect into is isnull join kill left like limit lock match mod natural not notnull null offset on or ' +
    'order outer pragma procedure regexp replace returning right rlike select set show some sounds table then true truncate union ' +
    'unique update using values when where with xor'
  ).split(' '),
);

const mysql: readonly [RegExp, string][] = [
  [/\s+/y, ''],
  [/\/\*(?:M?!\d{0,6})/y, '/*!'],
  [/\/\*.*?\*\//sy, 'comment'],
  [/--(?=\s|$)[^\n]*/y, 'comment'],
  [/#[^\n]*/y, 'comment'],
  [/(?:[nNxXbB]|_[a-z0-9]+\s*)?'(?:[^'\\]|\\.|'')*'/sy, 'string'],
  [/(?:_[a-z0-9]+\s*)?"(?:[^"\\]|\\.|"")*"/sy, 'string'],
  [/`(?:[^`]|``)*`/y, 'name'],
  [/0x[0-9a-fA-F]+\b|0b[01]+\b/y, 'number'],
  [/(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)/y, 'number'],
  [/\d+(?![\w$\x80-\uffff])(?:\.\d*)?|\d+\.\d*|\.\d+/y, 'number'],
  [/[\w$\x80-\uffff]+/y, 'word'],
];

const sqlite: readonly [RegExp, string][] = [
  [/[ \t\n\f\r]+/y, ''],
  [/\/\*.*?(?:\*\/|$)/sy, 'comment'],
  [/--[^\n]*/y, 'comment'],
  [/[xX]?'(?:[^']|'')*'/y, 'string'],
  [/"(?:[^"]|"")*"/y, 'name'],
  [/`(?:[^`]|``)*`/y, 'name'],
  [/\[[^\]]*\]/y, 'name'],
  [/0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y, 'number'],
  [/[\w$\x80-\uffff]+/y, 'word'],
];

/** In NO_BACKSLASH_ESCAPES a literal ends at its next single quote. */
const mysqlPlain: readonly [RegExp, string][] = [
  [/(?:[nNxXbB]|_[a-z0-9]+\s*)?'(?:[^']|'')*'/y, 'string'],
  [/(?:_[a-z0-9]+\s*)?"(?:[^"]|"")*"/y, 'string'],
  ...mysql.filter(([, kind]) => kind !== 'string'),
];

interface Token {
  readonly kind: string;
  readonly start: number;
}

/** MariaDB and SQLite show no parse tree: this reads their tokens as their manuals define them. */
function tokens(dialect: Dialect, text: string, noBackslash: boolean): Token[] {
  const rules = dialect === 'sqlite' ? sqlite : noBackslash ? mysqlPlain : mysql;
  const found: Token[] = [];
  let conditional = false;
  let at = 0;
  while (at < text.length) {
    if (conditional && text.startsWith('*/', at)) {
      conditional = false;
      at += 2;
      continue;
    }
    const start = at;
    for (const [pattern, kind] of rules) {
      pattern.lastIndex = at;
      const match = pattern.exec(text)?.[0];
      if (!match) continue;
      at += match.length;
      if (kind === '/*!') conditional = true;
      else if (kind === 'word') {
        const word = match.toLowerCase();
        found.push({ kind: reserved.has(word) ? word : 'name', start });
      } else if (kind !== '') found.push({ kind, start });
      break;
    }
    if (at === start) found.push({ kind: text[at++] as string, start });
  }
  return found;
}

const beforeSign =
  /^([-+*/%=<>(,|]|and|or|not|limit|offset|between|in|like|select|set|by|when|then|else|where|values)$/;

/** The kinds of the tokens, a signed number as one of them. */
export function shapeTokens(dialect: Dialect, text: string, noBackslash = false): string {
  const kinds: string[] = [];
  const all = tokens(dialect, text, noBackslash).map(({ kind }) => kind);
  while (all.at(-1) === ';') all.pop();
  for (const [index, kind] of all.entries()) {
    const sign = kind === '-' && all[index + 1] === 'number' && beforeSign.test(all[index - 1] ?? '');
    if (!sign) kinds.push(kind);
  }
  return kinds.join(' ');
}

/** The statements of a text, without those that are empty. */
export function splitStatements(dialect: Dialect, text: string, noBackslash = false): string[] {
  const all = tokens(dialect, text, noBackslash);
  const cuts = [-1, ...all.filter(({ kind }) => kind === ';').map(({ start }) => start), text.length];
  const parts: string[] = [];
  for (let index = 1; index < cuts.length; index++) {
    const [from, to] = [(cuts[index - 1] as number) + 1, cuts[index] as number];
    if (all.some(({ kind, start }) => kind !== ';' && kind !== 'comment' && start >= from && start < to))
      parts.push(text.slice(from, to));
  }
  return parts;
}

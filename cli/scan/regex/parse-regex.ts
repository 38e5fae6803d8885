import { maxGroupDepth, maxRegexLength, maxShortRepetitions } from '../budgets/regex.ts';
import {
  anyCharacter,
  type CharacterSet,
  complement,
  ignoringCase,
  lineTerminators,
  newline,
  union,
} from './character-set.ts';
import { characterEscape, classEscape, propertyEscape } from './escapes.ts';
import { parseClass } from './parse-class.ts';
import { RegexNotRead } from './regex-not-read.ts';
import type { Node, RegexDialect, RegexFlags } from './syntax.ts';

interface Reader {
  readonly source: string;
  readonly dialect: RegexDialect;
  /** The number of groups in the whole expression, which decides whether `\2` is a reference. */
  readonly groups: number;
  /** The groups that are closed, by number and by name. */
  readonly closed: Map<string, Node>;
  opened: number;
  at: number;
  depth: number;
  flags: RegexFlags;
}

/**
 * Parses an expression. Throws RegexNotRead if it is invalid, too long, or uses what this analysis does not support
 * (atomic groups and possessive quantifiers, which do not backtrack; conditional groups; sets of the `v` flag).
 */
export function parseRegex(source: string, flags: string, dialect: RegexDialect): Node {
  if (source.length > maxRegexLength) throw new RegexNotRead();
  if (dialect === 'ecmascript' && flags.includes('v') && /\[[^\]]*(\[|--|&&)/.test(source))
    throw new RegexNotRead();
  const reader: Reader = {
    source,
    dialect,
    groups: countGroups(source),
    closed: new Map(),
    opened: 0,
    at: 0,
    depth: 0,
    flags: {
      ignoreCase: flags.includes('i'),
      multiline: flags.includes('m'),
      dotAll: flags.includes('s'),
      // An indented expression of several lines is written for this flag.
      verbose: dialect === 're' && (flags.includes('x') || /\n[ \t]/.test(source)),
      unicode: dialect === 're' || /[uv]/.test(flags),
    },
  };
  const node = choice(reader);
  if (reader.at < source.length) throw new RegexNotRead();
  return node;
}

function countGroups(source: string): number {
  let count = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '(' && (source[i + 1] !== '?' || /^\?(P?<[^=!])/.test(source.slice(i + 1, i + 5))))
      count++;
  }
  return count;
}

function choice(reader: Reader): Node {
  if (++reader.depth > maxGroupDepth) throw new RegexNotRead();
  const items = [sequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at++;
    items.push(sequence(reader));
  }
  reader.depth--;
  if (items.length === 1) return items[0] as Node;
  return (reader.dialect === 're' && asClass(items)) || { kind: 'choice', items };
}

/** Python turns a choice of single characters into a class, unless they begin alike. It does not do this for negated classes. */
function asClass(items: readonly Node[]): Node | undefined {
  const sets = items.flatMap((item) =>
    item.kind === 'set' && item.set.at(-1) !== 0x10ffff ? [item.set] : [],
  );
  if (sets.length < items.length || sets.every((set) => set.join() === sets[0]?.join())) return undefined;
  return { kind: 'set', set: union(...sets) };
}

function sequence(reader: Reader): Node {
  const items: Node[] = [];
  for (;;) {
    if (reader.flags.verbose) skipBlanks(reader);
    const char = reader.source[reader.at];
    if (char === undefined || char === '|' || char === ')') break;
    const atom = term(reader);
    if (atom) items.push(quantified(reader, atom));
  }
  return items.length === 1 ? (items[0] as Node) : { kind: 'sequence', items };
}

function skipBlanks(reader: Reader): void {
  const { source } = reader;
  for (;;) {
    const char = source[reader.at];
    if (char === '#') {
      const end = source.indexOf('\n', reader.at);
      reader.at = end < 0 ? source.length : end + 1;
    } else if (char !== undefined && ' \t\r\n\f\v'.includes(char)) reader.at++;
    else return;
  }
}

function quantified(reader: Reader, atom: Node): Node {
  let node = atom;
  // Neither Python nor JavaScript allows a second quantifier: this loop runs once.
  if (reader.flags.verbose) skipBlanks(reader);
  const { source } = reader;
  const char = source[reader.at];
  let min: number;
  let max: number;
  if (char === '*' || char === '+' || char === '?') {
    min = char === '+' ? 1 : 0;
    max = char === '?' ? 1 : Number.POSITIVE_INFINITY;
    reader.at++;
  } else {
    const count =
      char === '{' ? /^\{(\d{0,6})(,?)(\d{0,6})\}/.exec(source.slice(reader.at, reader.at + 20)) : null;
    if (!count || (count[1] === '' && (count[3] === '' || reader.dialect === 'ecmascript'))) return node;
    min = Number(count[1]);
    max = count[2] === '' ? min : count[3] === '' ? Number.POSITIVE_INFINITY : Number(count[3]);
    if (max < min) throw new RegexNotRead();
    reader.at += count[0].length;
  }
  if (source[reader.at] === '?') reader.at++;
  else if (source[reader.at] === '+') throw new RegexNotRead();
  if (node.kind === 'assert' || node.kind === 'look') return min === 0 ? { kind: 'empty' } : node;
  node = { kind: 'repeat', node, min, max };
  return node;
}

function term(reader: Reader): Node | undefined {
  const { source, flags, dialect } = reader;
  const char = source[reader.at] as string;
  switch (char) {
    case '(':
      return group(reader);
    case '[': {
      const { set, end } = parseClass(source, reader.at, dialect, flags);
      reader.at = end;
      return { kind: 'set', set };
    }
    case '.':
      reader.at++;
      return {
        kind: 'set',
        set: flags.dotAll ? anyCharacter : complement(dialect === 're' ? newline : lineTerminators),
      };
    case '^':
      reader.at++;
      return { kind: 'assert', what: flags.multiline ? 'line-start' : 'start' };
    case '$':
      reader.at++;
      return { kind: 'assert', what: flags.multiline ? 'line-end' : 'end' };
    case '\\':
      return escaped(reader);
    case '*':
    case '+':
    case '?':
      throw new RegexNotRead();
    default: {
      const code = source.codePointAt(reader.at) as number;
      reader.at += code > 0xffff ? 2 : 1;
      return literal(reader, code);
    }
  }
}

function literal(reader: Reader, code: number): Node {
  const set: CharacterSet = [code, code];
  return { kind: 'set', set: reader.flags.ignoreCase ? ignoringCase(set) : set };
}

function referenceTo({ closed }: Reader, name: string): Node {
  const group = closed.get(name);
  return group && isShort(group) ? { kind: 'reference', group } : { kind: 'reference' };
}

/** Whether an expression matches texts of a few characters only. */
function isShort(node: Node): boolean {
  if (node.kind === 'sequence' || node.kind === 'choice') return node.items.every(isShort);
  if (node.kind === 'repeat') return node.max <= maxShortRepetitions && isShort(node.node);
  return node.kind === 'set' || node.kind === 'empty';
}

function escaped(reader: Reader): Node {
  const { source, dialect, flags } = reader;
  const letter = source[reader.at + 1];
  if (letter === undefined) throw new RegexNotRead();
  const set = classEscape(letter, dialect);
  if (set) {
    reader.at += 2;
    return { kind: 'set', set };
  }
  const assertion =
    letter === 'b'
      ? 'word'
      : letter === 'B'
        ? 'not-word'
        : dialect === 're' && letter === 'A'
          ? 'start'
          : dialect === 're' && (letter === 'Z' || letter === 'z')
            ? 'end'
            : undefined;
  if (assertion) {
    reader.at += 2;
    return { kind: 'assert', what: assertion };
  }
  const property =
    flags.unicode && dialect === 'ecmascript'
      ? /^\\([pP])\{([^}]{1,60})\}/.exec(source.slice(reader.at, reader.at + 70))
      : null;
  if (property) {
    reader.at += property[0].length;
    const it = propertyEscape(property[2] as string);
    return { kind: 'set', set: property[1] === 'P' ? complement(it) : it };
  }
  const named = /^\\k<([^>]{1,60})>/.exec(source.slice(reader.at, reader.at + 70));
  if (named) {
    reader.at += named[0].length;
    return referenceTo(reader, named[1] as string);
  }
  const number = /^\\([1-9]\d?)/.exec(source.slice(reader.at, reader.at + 3));
  if (number && Number(number[1]) <= reader.groups) {
    reader.at += number[0].length;
    return referenceTo(reader, number[1] as string);
  }
  const { code, length } = characterEscape(source, reader.at + 1, false, flags.unicode);
  reader.at += 1 + length;
  return literal(reader, code);
}

function group(reader: Reader): Node | undefined {
  const { source } = reader;
  const outer = reader.flags;
  const head = source.slice(reader.at, reader.at + 80);
  const python = reader.dialect === 're';
  if (python && head.startsWith('(?#')) {
    const end = source.indexOf(')', reader.at);
    if (end < 0) throw new RegexNotRead();
    reader.at = end + 1;
    return undefined;
  }
  const named = python && /^\(\?P=([^)]{1,60})\)/.exec(head);
  if (named) {
    reader.at += named[0].length;
    return referenceTo(reader, named[1] as string);
  }
  const modifiers = /^\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(head);
  const look = /^\(\?(<?)([=!])/.exec(head);
  const start = look ?? modifiers ?? /^\(\?P?<([^>=!]{1,60})>/.exec(head) ?? /^\((?!\?)/.exec(head);
  if (!start) throw new RegexNotRead();
  const number = look || modifiers ? undefined : ++reader.opened;
  reader.at += start[0].length;
  if (modifiers) {
    reader.flags = modified(outer, modifiers[1] as string, modifiers[2] ?? '');
    // `(?i)` applies to everything after it.
    if (modifiers[3] === ')') {
      if (!python) throw new RegexNotRead();
      return undefined;
    }
  }
  const node = choice(reader);
  if (source[reader.at] !== ')') throw new RegexNotRead();
  reader.at++;
  reader.flags = outer;
  if (number !== undefined) {
    reader.closed.set(String(number), node);
    if (start[1] !== undefined) reader.closed.set(start[1], node);
  }
  return look ? { kind: 'look', ahead: look[1] === '', negative: look[2] === '!', node } : node;
}

function modified(flags: RegexFlags, on: string, off: string): RegexFlags {
  const is = (letter: string, before: boolean): boolean =>
    on.includes(letter) || (before && !off.includes(letter));
  return {
    ignoreCase: is('i', flags.ignoreCase),
    multiline: is('m', flags.multiline),
    dotAll: is('s', flags.dotAll),
    verbose: is('x', flags.verbose),
    unicode: flags.unicode,
  };
}

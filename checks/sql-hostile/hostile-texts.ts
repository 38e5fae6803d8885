import { legitimateTexts, sqlPayloads } from '../../lib/testing/corpus/sql.ts';

const known: readonly string[] = [
  ...sqlPayloads.map(({ payload }) => payload),
  ...legitimateTexts.map(({ text }) => text),
];

/** What databases, drivers and clients above them read in a way of their own. */
const pieces: readonly string[] = [
  ...[
    "'",
    "''",
    '"',
    '`',
    '[',
    ']',
    '\\',
    "\\'",
    '$$',
    '$a$',
    '$1',
    '$2',
    '?',
    '??',
    '\\?',
    ':a',
    '::text',
    '@a',
  ],
  ...[
    '--',
    '-- ',
    '#',
    '/*',
    '*/',
    '/*!50000 ',
    '/*M! ',
    ';',
    '; drop table people; --',
    '\n',
    '\r',
    '\t',
    '\u2028',
  ],
  ...[
    '\0',
    '\ud800',
    '\udc00',
    '\ufeff',
    '\u00a0',
    '\u02bc',
    '\uff07',
    '\u2019',
    '\u00e9',
    '\u{1f600}',
    '\x1a',
    '\x7f',
  ],
  ...[
    '%',
    '_',
    '|',
    '{',
    '}',
    '(',
    ')',
    ',',
    '-',
    '+',
    '=',
    '||',
    '&&',
    ' or 1=1',
    ' union select 1',
    'admin',
    'id',
  ],
  ...[
    'null',
    'true',
    'default',
    '0',
    '-1',
    '1e9',
    'NaN',
    '0x41',
    "x'41'",
    'E',
    'U&',
    'N',
    '_utf8mb4',
    '<',
    '>',
    '&#39;',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '%27',
    '%00',
    '\\u0000',
    '\\x27',
    '{"$ne":1}',
    '$.a',
    '$[0]',
    '[*]',
  ],
];

/** The same numbers each time (mulberry32), so that a failure comes again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Texts of the corpus, and as many made of them as are asked for. Each once. */
export function hostileTexts(mutations: number, seed = 20_261_124): readonly string[] {
  const below = numbers(seed);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const texts = new Set(known);
  const size = texts.size + mutations;
  while (texts.size < size) texts.add(mutated(one, below));
  return [...texts];
}

function mutated(one: <T>(list: readonly T[]) => T, below: (limit: number) => number): string {
  let text = below(4) === 0 ? one(pieces) : one(known);
  for (let steps = 1 + below(3); steps > 0; steps--) {
    const at = below(text.length + 1);
    switch (below(6)) {
      case 0:
        text = text.slice(0, at) + one(pieces) + text.slice(at);
        break;
      case 1:
        text = one(pieces) + text + one(pieces);
        break;
      case 2:
        text = text.slice(0, at) + one(known).slice(below(8));
        break;
      case 3:
        text = text.replaceAll("'", one(["''", "\\'", '"', '\u02bc', '\uff07', "'||'", "' '"]));
        break;
      case 4:
        text = text.replaceAll(' ', one(['/**/', '\t', '\n', '\u00a0', '+', '(', '--\n', '\v']));
        break;
      default:
        text = below(20) === 0 ? text.repeat(1 + below(200)) : text.toUpperCase();
    }
    text = text.slice(0, 20_000);
  }
  return text;
}

/** What no column can hold: each helper that takes a text refuses it. */
export const unstorable: RegExp = /[\0\p{Cs}]/u;

import { hole } from './template-misuse.ts';

/** Whether a list may stand in a hole: where PostgreSQL takes an array, whatever the columns are. */
export interface ListPlace {
  /** `in` is the inside of `in (...)`, where a list is most often meant for `sql.in`. */
  readonly takes: 'array' | 'in' | 'value';
  /**
   * The other operand has to contain it, and only what that one is says whether it is an array. PostgreSQL would read an empty
   * one, `{}`, as a JSON object or a multirange as well, which everything contains.
   */
  readonly contained?: boolean;
  /** The hole on the other side of a comparison or of `||`: a list may stand here if that one names an array column. */
  readonly beside: number | undefined;
}

/** @param words the tokens without comments: a word in lower case, and the first character of anything else. */
export function listPlaces(words: readonly string[]): readonly ListPlace[] {
  const places: ListPlace[] = [];
  const holes = new Map<number, number>();
  words.forEach((word, at) => {
    if (word === hole) holes.set(at, holes.size);
  });
  if (holes.size === 0) return places;
  let bracket: Bracket | undefined;
  words.forEach((word, at) => {
    if (word === '(' || word === '[') bracket = { at, argument: 0, outer: bracket };
    else if (word === ')' || word === ']') bracket = bracket?.outer;
    else if (word === ',' && bracket) bracket.argument++;
    else if (word === hole) places.push(placeAt(words, at, bracket, holes));
  });
  return places;
}

interface Bracket {
  readonly at: number;
  argument: number;
  readonly outer: Bracket | undefined;
}

function placeAt(
  words: readonly string[],
  at: number,
  innermost: Bracket | undefined,
  holes: ReadonlyMap<number, number>,
): ListPlace {
  let [from, to, bracket] = [at - 1, at + 1, innermost];
  let beside: number | undefined;
  for (;;) {
    if (isCastToArray(words, to)) return { takes: 'array', beside };
    if (words[to] === ':' && words[to + 1] === ':') return { takes: 'value', beside: undefined };
    if (isArrayOperand(words, from, to)) {
      const inRight = operatorIn(words, to) === '<@';
      // The operand in front ends in a cast such as `::text[]`.
      const isCast = operatorIn(words, from - 3) === '[]';
      const contained = inRight || (operatorIn(words, from - 1) === '@>' && !isCast);
      beside ??= holes.get(inRight ? to + 2 : from - 2);
      return { takes: 'array', contained, beside };
    }
    beside ??= holes.get(comparedBefore(words, from)) ?? holes.get(comparedBehind(words, to));
    const wrapped = bracket?.at === from && words[from] === '(' && words[to] === ')';
    if (!wrapped || isCall(words[from - 1])) break;
    [from, to, bracket] = [from - 1, to + 1, bracket?.outer];
  }
  return { takes: takesByCall(words, from, to, bracket), beside };
}

function takesByCall(
  words: readonly string[],
  from: number,
  to: number,
  bracket: Bracket | undefined,
): ListPlace['takes'] {
  if (!bracket || words[bracket.at] !== '(') return 'value';
  const call = words[bracket.at - 1] ?? '';
  const [before, behind] = [words[from], words[to]];
  if (call === 'cast') return behind === 'as' && isArrayType(words, to + 1) ? 'array' : 'value';
  if (!(behind === ')' || behind === ',')) return 'value';
  if (before === 'variadic') return 'array';
  if (!(before === '(' || before === ',')) return 'value';
  if (call === 'in') return 'in';
  if (quantifiers.has(call)) {
    const operator = words[bracket.at - 2] ?? '';
    // `select all (...)` and `count(all ...)` compare nothing.
    const compares = patterns.has(operator) || !(isWord(operator) || operator === '(' || operator === ',');
    return compares && before === '(' && behind === ')' ? 'array' : 'value';
  }
  const positions = arrayArguments.get(call);
  return positions === 'all' || positions?.includes(bracket.argument) ? 'array' : 'value';
}

/** `::text[]`, also behind other casts. */
function isCastToArray(words: readonly string[], at: number): boolean {
  let next = at;
  for (let casts = 0; casts < mostCasts && words[next] === ':' && words[next + 1] === ':'; casts++) {
    if (isArrayType(words, next + 2)) return true;
    next = typeEnd(words, next + 2);
  }
  return false;
}

function isArrayType(words: readonly string[], at: number): boolean {
  const end = typeEnd(words, at);
  // PostgreSQL names the type of an array of `text` `_text`.
  if (words[end] === '[' || words[end] === 'array') return true;
  return words.slice(at, end).some((word, i) => word.startsWith('_') && words[at + i + 1] !== '.');
}

/** The token behind the name of a type: `public.mood`, `numeric(10, 2)`, `timestamp(3) with time zone`. */
function typeEnd(words: readonly string[], at: number): number {
  let end = at + 1;
  while (words[end] === '.') end += 2;
  while (typeWords.has(words[end] ?? '')) end++;
  if (words[end] === '(') {
    end++;
    while (words[end] === '0' || words[end] === ',') end++;
    if (words[end] === ')') end++;
  }
  while (typeWords.has(words[end] ?? '')) end++;
  return end;
}

/** An operand of an operator that compares arrays, or that takes one on its right. */
function isArrayOperand(words: readonly string[], from: number, to: number): boolean {
  const left = operatorIn(words, from - 1);
  const right = operatorIn(words, to);
  if (overlaps.has(left) || overlaps.has(right) || takesPath.has(left)) return true;
  return left === '>>' && words[from - 2] === '#';
}

/** An operator of two characters. */
function operatorIn(words: readonly string[], at: number): string {
  return `${words[at] ?? ''}${words[at + 1] ?? ''}`;
}

/** The index of the operand in front of `= `, `<>`, `||` and the like. */
function comparedBefore(words: readonly string[], from: number): number {
  if (words[from] === 'from' && words[from - 1] === 'distinct') {
    const is = words[from - 2] === 'not' ? from - 3 : from - 2;
    return words[is] === 'is' ? is - 1 : -1;
  }
  const two = `${words[from - 1] ?? ''}${words[from] ?? ''}`;
  if (comparisons.has(two)) return from - 2;
  return comparisons.has(words[from] ?? '') ? from - 1 : -1;
}

function comparedBehind(words: readonly string[], to: number): number {
  if (words[to] === 'is') {
    const distinct = words[to + 1] === 'not' ? to + 2 : to + 1;
    return words[distinct] === 'distinct' && words[distinct + 1] === 'from' ? distinct + 2 : -1;
  }
  const two = `${words[to] ?? ''}${words[to + 1] ?? ''}`;
  if (comparisons.has(two)) return to + 2;
  return comparisons.has(words[to] ?? '') ? to + 1 : -1;
}

/** What has its arguments behind it. Behind other words a bracket only groups. */
function isCall(word: string | undefined): boolean {
  return word === '"' || word === hole || (isWord(word) && !grouping.has(word ?? ''));
}

function isWord(word: string | undefined): boolean {
  return word !== undefined && /^[\w\u0080-\uffff]/.test(word) && word !== '0';
}

const mostCasts = 4;
const quantifiers: ReadonlySet<string> = new Set(['any', 'all', 'some']);
const patterns: ReadonlySet<string> = new Set(['like', 'ilike']);
const overlaps: ReadonlySet<string> = new Set(['&&', '@>', '<@']);
const takesPath: ReadonlySet<string> = new Set(['#>', '#-', '?|', '?&']);
const comparisons: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '>', '<=', '>=', '||']);
const grouping: ReadonlySet<string> = new Set(
  'select where and or not on having when then else case by set from return returning between limit offset is'.split(
    ' ',
  ),
);
const typeWords: ReadonlySet<string> = new Set(
  'precision varying with without local time zone year month day hour minute second to'.split(' '),
);

/** PostgreSQL's functions that take an array, and which of their arguments it is. */
const arrayArguments: ReadonlyMap<string, 'all' | readonly number[]> = new Map<
  string,
  'all' | readonly number[]
>([
  ...['unnest', 'array_cat', 'json_object', 'jsonb_object'].map((name) => [name, 'all'] as const),
  ...(
    'array_append array_dims array_length array_lower array_ndims array_position array_positions array_remove array_replace ' +
    'array_reverse array_sample array_shuffle array_sort array_to_json array_to_string array_to_tsvector array_upper ' +
    'cardinality generate_subscripts percentile_cont percentile_disc trim_array'
  )
    .split(' ')
    .map((name) => [name, [0]] as const),
  ...['array_prepend', 'jsonb_insert', 'jsonb_set', 'jsonb_set_lax', 'width_bucket'].map(
    (name) => [name, [1]] as const,
  ),
  ['array_fill', [1, 2]],
  ...['setweight', 'xpath', 'xpath_exists'].map((name) => [name, [2]] as const),
]);

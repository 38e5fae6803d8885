/**
 * One step of a model's access path.
 *
 * An `argument` or `parameter` step leads to several places at once: the positions in `indices`, all positions from `from`
 * on, the names in `names`, and the receiver if `self` is true.
 */
export type Step =
  | { readonly kind: 'member'; readonly names: readonly string[] }
  | { readonly kind: 'any-member' }
  | { readonly kind: 'return' }
  | { readonly kind: 'instance' }
  | {
      readonly kind: 'argument' | 'parameter';
      readonly indices: readonly number[];
      readonly from?: number;
      readonly names: readonly string[];
      readonly self: boolean;
    }
  | { readonly kind: 'awaited' };

const plain: Readonly<Record<string, Step>> = Object.freeze({
  __proto__: null as never,
  AnyMember: { kind: 'any-member' },
  /** An element of a collection, as the columns `from` and `to` of summaries spell it. */
  Element: { kind: 'any-member' },
  ReturnValue: { kind: 'return' },
  Instance: { kind: 'instance' },
  Awaited: { kind: 'awaited' },
});

/** Positions beyond this one are treated as a mistake. */
const maxIndex = 99;

/**
 * Parses an access path as `model.ts` describes it. The empty path has no steps: it is the value itself.
 * @throws RangeError with the path and the column (from 1) of the invalid step
 * @example
 * ```ts
 * parsePath('Member[get,post].Argument[1..].Parameter[0]');
 * // [{ kind: 'member', names: ['get', 'post'] },
 * //  { kind: 'argument', indices: [], from: 1, names: [], self: false },
 * //  { kind: 'parameter', indices: [0], names: [], self: false }]
 * ```
 */
export function parsePath(path: string): readonly Step[] {
  const steps: Step[] = [];
  if (path === '') return steps;
  let at = 0;
  for (;;) {
    const start = at;
    while (at < path.length && /[A-Za-z]/.test(path.charAt(at))) at++;
    const word = path.slice(start, at);
    if (path.charAt(at) === '[') {
      const end = path.indexOf(']', at);
      if (end < 0) throw nonsense(path, at, 'a bracket that is not closed');
      steps.push(bracketed(path, start, word, at + 1, end));
      at = end + 1;
    } else {
      const step = plain[word];
      if (!step) throw nonsense(path, start, 'no step');
      steps.push(step);
    }
    if (at === path.length) return steps;
    if (path.charAt(at) !== '.') throw nonsense(path, at, 'no dot');
    at++;
  }
}

function bracketed(path: string, start: number, word: string, from: number, end: number): Step {
  const items = split(path, from, end);
  if (word === 'Member') {
    for (const { text, at } of items) {
      if (/[[\s]/.test(text)) throw nonsense(path, at, 'no name of a member');
    }
    return { kind: 'member', names: items.map(({ text }) => text) };
  }
  if (word !== 'Argument' && word !== 'Parameter') throw nonsense(path, start, 'no step that takes brackets');
  const indices: number[] = [];
  const names: string[] = [];
  let first: number | undefined;
  let self = false;
  for (const { text, at } of items) {
    const position = /^(\d{1,3})(\.\.)?$/.exec(text);
    const name = /^([A-Za-z_$][\w$]*|\*{1,2}):$/.exec(text)?.[1];
    if (position) {
      const index = Number(position[1]);
      if (index > maxIndex) throw nonsense(path, at, 'a position that no call has');
      if (!position[2]) indices.push(index);
      else if (first === undefined) first = index;
      else throw nonsense(path, at, 'a second open range');
    } else if (name !== undefined) names.push(name);
    else if (text === 'this' && word === 'Argument') self = true;
    else throw nonsense(path, at, 'no position and no name with a colon');
  }
  const kind = word === 'Argument' ? 'argument' : 'parameter';
  return { kind, indices, ...(first === undefined ? {} : { from: first }), names, self };
}

/** The non-empty items between commas, with their columns. */
function split(path: string, from: number, end: number): { text: string; at: number }[] {
  const items: { text: string; at: number }[] = [];
  let at = from;
  for (const text of path.slice(from, end).split(',')) {
    if (text === '') throw nonsense(path, at, 'an empty item');
    items.push({ text, at });
    at += text.length + 1;
  }
  return items;
}

function nonsense(path: string, at: number, what: string): RangeError {
  return new RangeError(`The access path '${path}' has ${what} at column ${at + 1}.`);
}

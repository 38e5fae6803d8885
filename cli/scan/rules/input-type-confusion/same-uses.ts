import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { operandsOf } from '../../ir/operands.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';

/** Methods of texts only. Called on a list, they throw and end the request. */
const ofTexts =
  /^(startsWith|endsWith|trim|trimStart|trimEnd|toLowerCase|toUpperCase|replace|replaceAll|split|substring|substr|charAt|charCodeAt|codePointAt|match|matchAll|normalize|localeCompare|padStart|padEnd|search)$/;
const asks = /^(isArray|isString|is[A-Z]\w*|assert\w*|validate\w*|check\w*|parse|safeParse|ensure\w*|test)$/;

/** The first value that is the same object, without its type annotation. */
function root(func: Func, value: ValueId): number {
  const canonical = valueNumbersOf(func);
  let at = canonical[value] ?? value;
  for (let hop = 0; hop < 6; hop++) {
    const inst = func.code[at];
    if (inst?.op !== 'typed' && inst?.op !== 'effect') break;
    at = canonical[inst.value] ?? inst.value;
  }
  return at;
}

export interface Handed {
  readonly call: ValueId;
  readonly position: number;
}

/** The uses of a function's values, by the first value that is the same object. */
interface Uses {
  readonly asked: ReadonlySet<number>;
  /** The blocks in which they become part of a text. */
  readonly texts: ReadonlyMap<number, ReadonlySet<number>>;
  readonly handed: ReadonlyMap<number, readonly Handed[]>;
}

const none: ReadonlySet<number> = new Set();

/** Whether a function checks the type of a value, or uses the value in a way that only works for a text. */
export function isAskedIn(func: Func, value: ValueId): boolean {
  return usesIn(func).asked.has(root(func, value));
}

/** Returns the calls that a value is passed to, each with the position of the argument. */
export function callsWith(func: Func, value: ValueId): readonly Handed[] {
  return usesIn(func).handed.get(root(func, value)) ?? [];
}

/** Returns the blocks in which a value becomes a text or part of one: `'/' + value`, `String(value)`. */
export function blocksOfText(func: Func, value: ValueId): ReadonlySet<number> {
  return usesIn(func).texts.get(root(func, value)) ?? none;
}

const usesIn = memoized((func: Func): Uses => {
  const asked = new Set<number>();
  const texts = new Map<number, Set<number>>();
  const handed = new Map<number, Handed[]>();
  func.code.forEach((inst, at) => {
    if (inst.op === 'call')
      for (const [position, value] of inst.args.entries()) {
        const own = root(func, value);
        const calls = handed.get(own);
        if (calls) calls.push({ call: at, position });
        else handed.set(own, [{ call: at, position }]);
      }
    for (const value of askedBy(func.code, inst)) asked.add(root(func, value));
    if (!makesText(func.code, inst)) return;
    for (const value of operandsOf(inst)) {
      const own = root(func, value);
      const blocks = texts.get(own) ?? new Set();
      texts.set(own, blocks.add(blockOf(func, at)));
    }
  });
  return { asked, texts, handed };
});

/** The values whose type an instruction checks, and the receivers of methods that only texts have. */
function askedBy(code: readonly Inst[], inst: Inst): readonly ValueId[] {
  if (inst.op === 'unary') return inst.operator === 'typeof' ? [inst.value] : [];
  if (inst.op === 'binary') return inst.operator === 'instanceof' ? [inst.left] : [];
  if (inst.op !== 'call') return [];
  const callee = code[inst.callee];
  const own = callee?.op === 'member' && ofTexts.test(callee.name) ? [callee.object] : [];
  return asks.test(nameOfCallee(callee)) ? [...own, ...inst.args] : own;
}

function makesText(code: readonly Inst[], inst: Inst): boolean {
  if (inst.op === 'text') return true;
  if (inst.op === 'binary') return inst.operator === '+';
  if (inst.op !== 'call') return false;
  return /^(String|RegExp|redirect|concat|encodeURIComponent|encodeURI)$/.test(
    nameOfCallee(code[inst.callee]),
  );
}

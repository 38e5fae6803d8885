import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { noKinds } from '../../dataflow/domain/kinds.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { answerOnce } from '../answer-once.ts';
import type { SiteFrames } from '../site-frames.ts';
import { keysOf, listItems } from './resolve-items.ts';
import { resolve, type Walk } from './resolve-text.ts';
import { leavesOf, type TextTree } from './text-tree.ts';

const memberTests =
  /^(includes|has|contains|__contains__|hasOwnProperty|hasOwn|has_key|count|indexOf|index|issubset|difference)$/;
const maxDepth = 3;

const answers = answerOnce<boolean>();

/**
 * Whether all lists and texts that a value is compared with are written in the program. False for a list from a file, a
 * library or a database. The taint analysis is less strict: it accepts any trusted list as an allow list.
 */
export function hasOwnGuards(walk: Walk, place: Place, depth = 0): boolean {
  const key = `${place.func} ${place.value} ${depth}`;
  return answers(walk.frames.linked, key, () => areAllOwn(walk, place, depth));
}

function areAllOwn(walk: Walk, { func, value }: Place, depth: number): boolean {
  const frame = walk.frames.of(func);
  const { code } = frame.func;
  const wanted = new Set(chainOf(code, value).map((one) => frame.valueNumbers[one]));
  const isTested = (one: ValueId): boolean =>
    chainOf(code, one).some((part) => wanted.has(frame.valueNumbers[part]));
  return code.every((inst, at) => {
    if (inst.op === 'binary') return isOwnComparison(walk, func, inst, isTested);
    if (inst.op !== 'call') return true;
    const callee = code[inst.callee];
    if (callee?.op === 'member' && memberTests.test(callee.name)) {
      const [first, second] = inst.args;
      const isOfObject =
        callee.name === 'hasOwn' ||
        instOf(walk.frames.linked, { func, value: callee.object })?.op === 'global';
      const list = isOfObject ? first : callee.object;
      const tested = isOfObject ? second : first;
      return (
        list === undefined ||
        tested === undefined ||
        !isTested(tested) ||
        isOwnList(walk, { func, value: list })
      );
    }
    return depth >= maxDepth || areOwn(walk, func, at, inst, isTested, depth);
  });
}

function isOwnComparison(
  walk: Walk,
  func: number,
  inst: Inst & { readonly op: 'binary' },
  isTested: (one: ValueId) => boolean,
): boolean {
  const { operator, left, right } = inst;
  if (operator === 'in' || operator === 'not in' || operator === '<=' || operator === '<' || operator === '-')
    return !isTested(left) || isOwnList(walk, { func, value: right });
  if (operator !== '==' && operator !== '!=') return true;
  if (isTested(left)) return isOwnText(walk, { func, value: right });
  return !isTested(right) || isOwnText(walk, { func, value: left });
}

/** Whether the project's guards that receive the value use such lists. */
function areOwn(
  walk: Walk,
  func: number,
  at: ValueId,
  call: Call,
  isTested: (one: ValueId) => boolean,
  depth: number,
): boolean {
  const { linked } = walk.frames;
  const tested = call.args.findIndex(isTested);
  if (tested < 0) return true;
  return linked.targets(func, at).every(({ func: target, shift, context }) => {
    if (context !== undefined) return true;
    const param = linked.program.functions[target]?.params[tested - shift];
    return param === undefined || param < 0 || hasOwnGuards(walk, { func: target, value: param }, depth + 1);
  });
}

const maxChain = 6;

/** A value, and the values that it was read from or made of by one call: `x` of `x.toLowerCase()`, `String(x)`, `x.name`. */
function chainOf(code: readonly Inst[], value: ValueId): readonly ValueId[] {
  const chain: ValueId[] = [value];
  for (let at = value; chain.length < maxChain; ) {
    const inst = code[at];
    let before: ValueId | undefined;
    if (inst?.op === 'member' || inst?.op === 'index') before = inst.object;
    else if (inst?.op === 'typed' || inst?.op === 'await' || inst?.op === 'effect') before = inst.value;
    else if (inst?.op === 'call') {
      const callee = code[inst.callee];
      before = callee?.op === 'member' && code[callee.object]?.op !== 'global' ? callee.object : inst.args[0];
    }
    if (before === undefined || isTooGeneral(code[before])) break;
    chain.push(before);
    at = before;
  }
  return chain;
}

/** All parts of a request start at the same object. */
function isTooGeneral(inst: Inst | undefined): boolean {
  return (
    inst === undefined ||
    inst.op === 'import' ||
    inst.op === 'global' ||
    inst.op === 'this' ||
    inst.op === 'param' ||
    (inst.op === 'member' &&
      /^(query|body|params|args|form|values|json|GET|POST|headers|cookies|data|request|req)$/.test(inst.name))
  );
}

function isOwnList(walk: Walk, place: Place): boolean {
  const inner: Walk = { frames: walk.frames, kinds: noKinds, open: new Set(), steps: 300 };
  const inst = instOf(walk.frames.linked, madeBy(walk.frames.linked, place));
  if (inst?.op === 'const') return true;
  return (
    isCertain(keysOf(inner, unwrapped(walk.frames, place))) ||
    isCertain(listItems(inner, unwrapped(walk.frames, place)))
  );
}

/** `COLUMNS.keys()`, `Object.keys(COLUMNS)` */
function unwrapped({ linked }: SiteFrames, place: Place): Place {
  const made = madeBy(linked, place);
  const inst = instOf(linked, made);
  const callee = inst?.op === 'call' ? instOf(linked, { func: made.func, value: inst.callee }) : undefined;
  if (inst?.op !== 'call' || callee?.op !== 'member' || !/^(keys|values)$/.test(callee.name)) return place;
  const [first] = inst.args;
  return { func: made.func, value: first ?? callee.object };
}

function isOwnText(walk: Walk, place: Place): boolean {
  const inner: Walk = { frames: walk.frames, kinds: noKinds, open: new Set(), steps: 100 };
  return isCertain(resolve(inner, place, { facts: [], entered: undefined, depth: 0 }));
}

function isCertain(tree: TextTree): boolean {
  return leavesOf(tree).every(({ kind }) => kind !== 'unresolved');
}

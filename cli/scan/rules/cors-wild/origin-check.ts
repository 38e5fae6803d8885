import { deepTaints } from '../../dataflow/domain/abstract.ts';
import type { Call, Constant, Inst, ValueId } from '../../ir/ir.ts';
import { haveWord } from '../../ir/query/words.ts';
import type { Use } from '../kit/use.ts';
import { conditionTests, inputTests } from '../kit/value/condition-names.ts';
import { namesOf } from '../kit/value/names-of.ts';

/** What a test says about a request's origin: that it is present, that it was compared, or nothing. */
type Test = 'presence' | 'check' | 'other';

const maxDepth = 4;
const maxLeaves = 60;

/** Whether the code compares the origin with allowed ones before it reaches this place. */
export function isOriginChecked(use: Use): boolean {
  return isCheck(use, conditionTests(use.frame.func, use.value));
}

/**
 * Whether a value is `*` or data of the request, such as its origin. False if the code chooses the value by comparing
 * the origin with allowed ones: `isOurs ? origin : 'https://app.example.com'`.
 */
export function isReflected(use: Use, value: ValueId, depth = 0): boolean {
  const { frame } = use;
  const it = frame.values[value];
  if (it?.consts?.every((one) => one === '*')) return true;
  if (!it || !deepTaints(it).some(({ origin }) => origin.kind === 'source' && origin.source === 'remote'))
    return false;
  const inst = frame.inst(value);
  if (inst.op !== 'phi') return true;
  // `origin || '*'` is still any origin. `isOurs ? origin : 'https://app.example.com'` is a choice.
  const isChoice = inst.inputs.some((input) => isOtherText(frame.inst(input)));
  return inst.inputs.some((input, i) => {
    if (depth >= maxDepth || frame.inst(input).op === 'const' || !isReflected(use, input, depth + 1))
      return false;
    const tests = inputTests(frame.func, value, i);
    return (
      !isCheck(use, tests) &&
      (!isChoice || leavesOf(use, tests).every((one) => tell(use, one) === 'presence'))
    );
  });
}

function isOtherText(inst: Inst): boolean {
  return inst.op === 'const' && typeof inst.value === 'string' && inst.value !== '' && inst.value !== '*';
}

function isCheck(use: Use, tests: readonly ValueId[]): boolean {
  return leavesOf(use, tests).some((test) => tell(use, test) === 'check');
}

/** The parts of tests: `a` and `b` of `!(a && b)`. */
function leavesOf({ frame }: Use, tests: readonly ValueId[]): ValueId[] {
  const leaves: ValueId[] = [];
  const seen = new Set(tests);
  const queue = [...tests];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const inst = frame.inst(at);
    const parts =
      inst.op === 'phi'
        ? inst.inputs
        : inst.op === 'typed' || (inst.op === 'unary' && inst.operator === '!')
          ? [inst.value]
          : undefined;
    if (!parts || seen.size > maxLeaves) leaves.push(at);
    for (const part of parts ?? []) {
      if (seen.has(part)) continue;
      seen.add(part);
      queue.push(part);
    }
  }
  return leaves;
}

function tell(use: Use, test: ValueId): Test {
  const { frame } = use;
  const inst = frame.inst(test);
  switch (inst.op) {
    case 'const':
      return 'presence';
    case 'call':
      return ofCall(use, inst);
    case 'binary': {
      const sides = [inst.left, inst.right];
      const isOrigin = sides.some((side) => isOfOrigin(use, side));
      if (inst.operator === 'in' || inst.operator === 'not in')
        return frame.inst(inst.left).op === 'const' ? (isOrigin ? 'presence' : 'other') : 'check';
      if (inst.operator !== '==' && inst.operator !== '!=') return 'other';
      if (!isOrigin) return 'other';
      return sides.some((side) => isNothing(frame.inst(side)) || isTypeof(frame.inst(side)))
        ? 'presence'
        : 'check';
    }
    default: {
      const names = namesOf(frame.linked, { func: frame.id, value: test });
      if (haveWord(names, allowing)) return 'check';
      return haveWord(names, origins) ? 'presence' : 'other';
    }
  }
}

function ofCall(use: Use, call: Call): Test {
  const { frame } = use;
  const callee = frame.inst(call.callee);
  const name = callee.op === 'member' || callee.op === 'global' || callee.op === 'import' ? callee.name : '';
  if (/^(bool|Boolean|len|isinstance|String|str)$/.test(name)) return 'presence';
  // `isOurs(origin)`, `list.includes(origin)`, `origin.endsWith(...)`
  if (call.args.some((arg) => frame.inst(arg).op !== 'const') || haveWord([name], allowing)) return 'check';
  if (callee.op === 'member' && isOfOrigin(use, callee.object)) return 'check';
  return call.args.some((arg) => isOfOrigin(use, arg)) ? 'presence' : 'other';
}

function isOfOrigin({ frame }: Use, value: ValueId): boolean {
  const inst = frame.inst(value);
  const names = namesOf(frame.linked, { func: frame.id, value });
  if (inst.op === 'const' && typeof inst.value === 'string') names.add(inst.value);
  return haveWord(names, origins);
}

function isNothing(inst: Inst): boolean {
  const nothing: readonly Constant[] = [null, undefined, '', 'null', '*', true, false, 0];
  return inst.op === 'const' && nothing.includes(inst.value);
}

function isTypeof(inst: Inst): boolean {
  return inst.op === 'unary' && inst.operator === 'typeof';
}

const origins = new Set(['origin']);
const allowing = new Set(
  'origins allowed allow cors whitelist whitelisted allowlist trusted host domain valid'.split(' '),
);

import { blockOf } from '../../ir/block-of.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import type { Language } from '../../languages/language.ts';
import { cleaned } from '../domain/abstract.ts';
import { allKinds, kinds } from '../domain/kinds.ts';
import type { FunctionView } from '../view/function-view.ts';
import { errorOf } from './error-classes.ts';
import { startOfTry } from './own-messages.ts';

/** All kinds of sinks but a page: only there does such a message do harm. */
const harmlessElse = allKinds.without(kinds('xss'));

/**
 * Models a call of a built-in function that quotes its argument in error messages, such as `JSON.parse(text)` or
 * `int(text)`. If the analysed function catches the error and the argument is tainted, the argument's taint is added to
 * what the analysed function throws.
 */
export function throwInput(frame: FunctionView, inst: Inst & Call, callee: Inst): void {
  const [first] = inst.args;
  if (first === undefined || !namesInput(frame, callee)) return;
  const given = frame.use(first);
  if (given.taints.length === 0 || !isCaughtHere(frame, inst)) return;
  frame.throws(cleaned(errorOf([given]), harmlessElse));
}

const refusing: ByHost<ReadonlySet<string>> = {
  javascript: new Set(['JSON.parse', 'RegExp']),
  python: new Set(['int', 'float', 'datetime.strptime', 'datetime.fromisoformat', 'date.fromisoformat']),
};

function namesInput(frame: FunctionView, inst: Inst): boolean {
  if (inst.op !== 'global' && inst.op !== 'member') return false;
  const names = byHost(frame.language, refusing);
  if (!names) return false;
  if (inst.op === 'global') return names.has(inst.name);
  const owner = frame.inst(inst.object);
  return (
    (owner.op === 'global' || owner.op === 'import' || owner.op === 'member') &&
    names.has(`${owner.name}.${inst.name}`)
  );
}

/** Whether a `try` of this function encloses the call and catches all errors or `ValueError`. */
function isCaughtHere({ func, language }: FunctionView, { at }: Inst): boolean {
  return handlersOf(func, language).some(({ from, to }) => from <= at && at <= to);
}

interface Handler {
  readonly from: number;
  readonly to: number;
}

/** The source ranges in which a function catches all errors or `ValueError`. */
const handlersOf: (func: Func, language: Language) => readonly Handler[] = memoizedPair((func, language) => {
  const found: Handler[] = [];
  for (const [value, inst] of func.code.entries()) {
    if (inst.op !== 'caught' || !takesAll(func, inst.type)) continue;
    const from = language.catchesByType ? startOfTry(func, value) : startOfBlock(func, value);
    if (from !== undefined) found.push({ from, to: inst.at });
  }
  return found;
});

/** The source offset of the `try` block whose handler catches an error, for JavaScript. Undefined if it is unknown. */
export function startOfBlock(func: Func, caught: ValueId): number | undefined {
  const before = func.blocks[blockOf(func, caught)]?.preds[0];
  const end = before === undefined ? undefined : func.blocks[before]?.end;
  const test = end?.kind === 'branch' ? func.code[end.test] : undefined;
  return test?.op === 'unknown' ? test.at : undefined;
}

const general = /^(?:ValueError|Exception|BaseException)$/;

function takesAll({ code }: Func, type: ValueId): boolean {
  if (type < 0) return true;
  const inst = code[type];
  const types = inst?.op === 'list' ? inst.items.map((item) => code[item]) : [inst];
  return types.some((one) => one?.op === 'global' && general.test(one.name));
}

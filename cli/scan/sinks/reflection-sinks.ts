import { type FuncInfo, languageAt } from '../callgraph/program.ts';
import type { Abstract } from '../dataflow/domain/abstract.ts';
import {
  calledName,
  isKeptToOwnNames,
  isOwnName,
  keyOf,
  recordLookup,
} from '../dataflow/query/looked-up-keys.ts';
import { behindOf, isWithoutPrototype, possibleValues } from '../dataflow/query/trace-value.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * Records each read by an untrusted name that can return any member: Python's `getattr(object, name)` and `globals()[name]`,
 * and JavaScript's `object[name]`, since objects inherit members such as `constructor`. Reads of other Python dictionaries
 * don't count: they find only the dictionary's own entries.
 */
export function noteLookUp(frame: FunctionView, value: ValueId, inst: Inst): void {
  if (inst.op === 'index') {
    if (!frame.language.namesMayBeInherited && !isNamespace(frame, inst.object)) return;
    recordLookup(frame, value, inst.key);
  } else if (inst.op === 'call') {
    const key = nameArgument(frame, inst);
    if (key !== undefined) recordLookup(frame, value, key);
  }
}

/** The argument by which a call looks up a member: `name` in `getattr(object, name)`. */
function nameArgument(frame: FunctionView, inst: Inst & Call): ValueId | undefined {
  const callee = frame.inst(inst.callee);
  const first = inst.args[0];
  const second = inst.args[1];
  if (callee.op === 'global')
    return frame.language.membersAreReadByCall && callee.name === 'getattr' ? second : undefined;
  if (callee.op !== 'member') return undefined;
  if (!frame.language.membersAreReadByCall) {
    const owner = frame.inst(callee.object);
    return owner.op === 'global' && owner.name === 'Reflect' && callee.name === 'get' ? second : undefined;
  }
  if (callee.name === '__getattribute__' || callee.name === '__getattr__') return first;
  return callee.name === 'get' && isNamespace(frame, callee.object) ? first : undefined;
}

/** Whether a value is a Python dictionary of all members of a module or an object: `globals()`, `object.__dict__`. */
function isNamespace(frame: FunctionView, value: ValueId): boolean {
  return possibleValues(frame, value).some((one) => {
    const inst = frame.inst(one);
    if (inst.op === 'member') return inst.name === '__dict__' || inst.name === '__builtins__';
    return (
      (inst.op === 'call' &&
        frame.inst(inst.callee).op === 'global' &&
        /^(globals|locals|vars)$/.test(calledName(frame, inst))) ||
      (inst.op === 'global' && inst.name === '__builtins__')
    );
  });
}

/** Reports a call of a function that was looked up by an untrusted name, directly or as a callback. */
export function checkReflection(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  if (inst.isDecorator) return;
  for (const called of calledValues(frame, inst)) checkCalled(frame, value, inst, called);
  if (!callers.has(calledName(frame, inst))) return;
  for (const arg of inst.args)
    for (const called of possibleValues(frame, arg)) checkCalled(frame, value, inst, called);
}

function checkCalled(frame: FunctionView, value: ValueId, inst: Inst, called: ValueId): void {
  const key = keyOf(frame, called);
  if (!key && frame.inst(called).op !== 'call') return;
  const names = key ? [key] : returnedNames(frame, called);
  if (names.length === 0 || (key && (isOwnName(frame, called) || isHarmlessTable(frame, called)))) return;
  const sink = sinkOf(frame, 'reflection', value, inst, 'a function looked up by name');
  for (const name of names) hit(frame, sink, name);
}

/** Functions that call their arguments. */
const callers: ReadonlySet<string> = new Set([
  'Thread',
  'Process',
  'Timer',
  'partial',
  'submit',
  'run_in_executor',
  'to_thread',
  'apply_async',
  'call_soon',
  'add_job',
  'map',
  'setTimeout',
  'setImmediate',
  'queueMicrotask',
  'nextTick',
  'then',
]);

/** The untrusted names by which a function of the project looks up the value that it returns: `resolve(name)(...)`. */
function returnedNames(frame: FunctionView, value: ValueId): readonly Abstract[] {
  const inst = frame.inst(value);
  if (inst.op !== 'call') return [];
  const names: Abstract[] = [];
  for (const { func, shift, makes } of frame.linked.targets(frame.id, value)) {
    const info = frame.linked.program.functions[func];
    if (!info || makes >= 0) continue;
    // A function that only looks something up is short.
    if (info.func.blocks.length > 40) continue;
    for (const { end } of info.func.blocks) {
      const param = end.kind === 'return' ? lookedUpBy(frame, info, end.value) : undefined;
      const arg = param === undefined ? undefined : inst.args[param + shift];
      const it = arg === undefined ? undefined : frame.use(arg);
      if (it && it.taints.length > 0 && !isKeptToOwnNames(it)) names.push(it);
    }
  }
  return names;
}

/** The parameter that a function's returned value is looked up by. */
function lookedUpBy(frame: FunctionView, info: FuncInfo, returned: ValueId): number | undefined {
  const { code } = info.func;
  let inst = code[returned];
  for (let depth = 0; depth < 8 && inst; depth++) {
    const behind: ValueId | undefined = behindOf(inst);
    if (behind === undefined) break;
    inst = code[behind];
  }
  const { namesMayBeInherited, membersAreReadByCall } = languageAt(frame.linked.program, info.module);
  let key: Inst | undefined;
  if (inst?.op === 'index' && namesMayBeInherited && !isWithoutPrototype(frame, inst.object, info))
    key = code[inst.key];
  if (inst?.op === 'call' && membersAreReadByCall) {
    const callee = code[inst.callee];
    if (callee?.op === 'global' && callee.name === 'getattr') key = code[inst.args[1] ?? -1];
  }
  return key?.op === 'param' ? key.index : undefined;
}

/** The called functions: the callee, or the receiver of its `call`, `apply` or `bind`. */
function calledValues(frame: FunctionView, inst: Inst & Call): readonly ValueId[] {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member') return possibleValues(frame, inst.callee);
  const owner = frame.inst(callee.object);
  const first = inst.args[0];
  if (owner.op === 'global' && owner.name === 'Reflect' && first !== undefined)
    return callee.name === 'apply' || callee.name === 'construct' ? possibleValues(frame, first) : [];
  return runners.has(callee.name) ? possibleValues(frame, callee.object) : [];
}

/** Methods of a function that run it. */
const runners: ReadonlySet<string> = new Set(['call', 'apply', 'bind', '__call__']);

/**
 * Whether a look-up in a table is harmless: in a list, which has its entries under numbers; in an object without a prototype,
 * which inherits nothing; and in `console` and `Math`, whose functions do no harm.
 */
function isHarmlessTable(frame: FunctionView, called: ValueId): boolean {
  const inst = frame.inst(called);
  if (inst.op !== 'index' || !frame.language.namesMayBeInherited) return false;
  const table = frame.inst(inst.object);
  if (table.op === 'global' && (table.name === 'console' || table.name === 'Math')) return true;
  return frame.values[inst.object]?.shape === 'list' || isWithoutPrototype(frame, inst.object);
}

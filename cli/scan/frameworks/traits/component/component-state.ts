import type { Linked } from '../../../callgraph/linked.ts';
import { origin } from '../../../callgraph/query/called-on.ts';
import { type Abstract, unknown } from '../../../dataflow/domain/abstract.ts';
import { list } from '../../../dataflow/domain/entries.ts';
import { join } from '../../../dataflow/domain/join.ts';
import { invoke } from '../../../dataflow/summary/apply.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Call, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';

/**
 * Models the calls that make and set a component's state, such as `const [text, setText] = useState('')`. The value of
 * `text` is the join of all values passed to `setText`. A setter is tracked only if it is in a variable that several
 * functions use.
 */
export function stateCall(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  callee: Inst,
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract | undefined {
  if (callee.op === 'cell-load') {
    if (!isSetter(frame, inst.callee)) return undefined;
    const [passed] = args;
    const [first] = inst.args;
    const isFunction = first !== undefined && frame.linked.functions(frame.id, first).length > 0;
    if (passed) store(frame, callee.cell, isFunction ? invoke(frame, value, inst, first, [unknown]) : passed);
    return unknown;
  }
  if (callee.op !== 'member' && callee.op !== 'import') return undefined;
  if (callee.name === 'useState')
    return isUseState(frame.func.code, inst.callee)
      ? list([join(args[0] ?? unknown, stateOf(frame, value)), unknown])
      : undefined;
  // `.then(setText)`
  if (callee.op !== 'member' || callee.name !== 'then' || inst.args[0] === undefined) return undefined;
  const setter = frame.inst(inst.args[0]);
  if (setter.op === 'cell-load' && isSetter(frame, inst.args[0])) store(frame, setter.cell, receiver);
  return undefined;
}

function store(frame: FunctionView, cell: number, value: Abstract): void {
  if (value.taints.length > 0 || value.fields || value.rest)
    frame.engine.variables.storeCell(frame, cell, value);
}

/** The join of all values passed to the setters of a state. */
function stateOf(frame: FunctionView, call: ValueId): Abstract {
  let state = unknown;
  for (const cell of setters(frame.func).get(call) ?? []) {
    const number = frame.cellNumber(cell);
    frame.remembered ??= new Set();
    frame.remembered.add(number);
    state = join(state, frame.engine.variables.cellValue(frame.scope, number));
  }
  return state;
}

const setters = memoized((func: Func) => settersIn(func.code));

/** For each call of `useState`, the variables that hold its setter. */
function settersIn(code: readonly Inst[]): ReadonlyMap<ValueId, readonly number[]> {
  const found = new Map<ValueId, number[]>();
  for (const inst of code) {
    const call = inst.op === 'cell-store' ? setterOf(code, inst.value) : undefined;
    if (inst.op !== 'cell-store' || call === undefined) continue;
    found.set(call, [...(found.get(call) ?? []), inst.cell]);
  }
  return found;
}

/** Whether the program imports such a library. If not, no call of a variable is a setter. */
const usesLibrary = memoized((linked: Linked) =>
  linked.program.instructions.some('import', ({ specifier }) => libraries.test(specifier)),
);

function isSetter(frame: FunctionView, value: ValueId): boolean {
  if (!usesLibrary(frame.linked)) return false;
  const made = origin(frame.linked, { func: frame.id, value });
  return setterOf(frame.linked.program.functions[made.func]?.func.code ?? [], made.value) !== undefined;
}

/** The call of `useState` that a value is the setter of. */
function setterOf(code: readonly Inst[], value: ValueId): ValueId | undefined {
  const inst = code[value];
  const key = inst?.op === 'index' ? code[inst.key] : undefined;
  if (inst?.op !== 'index' || key?.op !== 'const' || key.value !== 1) return undefined;
  const call = code[inst.object];
  return call?.op === 'call' && isUseState(code, call.callee) ? inst.object : undefined;
}

const libraries = /^(?:react|preact\/hooks|preact\/compat)$/;

function isUseState(code: readonly Inst[], callee: ValueId): boolean {
  const inst = code[callee];
  if (inst?.op === 'import') return inst.name === 'useState' && libraries.test(inst.specifier);
  const object = inst?.op === 'member' && inst.name === 'useState' ? code[inst.object] : undefined;
  return object?.op === 'import' && libraries.test(object.specifier);
}

import type { Linked } from '../../../callgraph/linked.ts';
import { instOf, type Place } from '../../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { localNames } from '../../../ir/local-names.ts';
import { operandsOf } from '../../../ir/operands.ts';

const maxSteps = 120;

/**
 * The names of everything that a value is made of within its function: variables, members, parameters, keys and called functions.
 * A string constant counts if it names an entry: `body["password"]`, `get("password")`.
 */
export function namesOf(linked: Linked, place: Place): Set<string> {
  const info = linked.program.functions[place.func];
  const names = new Set<string>();
  if (!info) return names;
  const seen = new Set<ValueId>([place.value]);
  const queue: ValueId[] = [place.value];
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    const inst = info.func.code[value] as Inst;
    const name = ownName(linked, place.func, inst);
    if (name) names.add(name);
    for (const local of localNames(info.func, value)) names.add(local);
    if (inst.op === 'call' && inst.args.length <= 2) {
      const key = info.func.code[inst.args[0] ?? -1];
      if (key?.op === 'const' && typeof key.value === 'string') names.add(key.value);
    }
    for (const operand of partsOf(info.func.code, inst)) {
      if (seen.has(operand) || seen.size >= maxSteps) continue;
      seen.add(operand);
      queue.push(operand);
    }
  }
  return names;
}

/**
 * The operands that say what a value is. An object does not say what its member is, except as the receiver of a called method:
 * `password.encode()`.
 */
function partsOf(code: readonly Inst[], inst: Inst): readonly ValueId[] {
  if (inst.op === 'member') return [];
  if (inst.op === 'index') return code[inst.object]?.op === 'call' ? [inst.object, inst.key] : [inst.key];
  // The effects on a variable's object do not say what it is.
  if (inst.op === 'effect') return [inst.value];
  if (inst.op === 'store' || inst.op === 'store-index') return [inst.object];
  if (inst.op !== 'call') return operandsOf(inst);
  const callee = code[inst.callee];
  return callee?.op === 'member' ? [inst.callee, callee.object, ...inst.args] : [inst.callee, ...inst.args];
}

function ownName(linked: Linked, func: number, inst: Inst): string | undefined {
  const info = linked.program.functions[func];
  switch (inst.op) {
    case 'member':
    case 'global':
      return inst.name;
    case 'import':
      return inst.name === '*' || inst.name === 'default' ? undefined : inst.name;
    case 'param':
      return info?.func.params[inst.index]?.name;
    case 'cell-load':
      return linked.program.modules[info?.module ?? 0]?.cells[inst.cell]?.name;
    case 'index': {
      const key = instOf(linked, { func, value: inst.key });
      return key?.op === 'const' && typeof key.value === 'string' ? key.value : undefined;
    }
    default:
      return undefined;
  }
}

/** The names of a function, its class, and the functions and classes around it, from the inside out. */
export function namesAround(linked: Linked, id: number): string[] {
  const info = linked.program.functions[id];
  const module = linked.program.modules[info?.module ?? 0];
  if (!info || !module) return [];
  const names: string[] = [];
  let func: typeof info.func | undefined = info.func;
  for (let depth = 0; func && depth < 6; depth++) {
    if (func.name && func.name !== '<module>') names.push(func.name);
    if (func.class >= 0) names.push(module.classes[func.class]?.name ?? '');
    func = func.outer < 0 ? undefined : module.functions[func.outer];
  }
  return names;
}

/** The name of a function's file without its folder and extension: `tokens` for `app/tokens.py`. */
export function fileName(linked: Linked, id: number): string {
  const path = linked.program.modules[linked.program.functions[id]?.module ?? 0]?.path ?? '';
  return (path.split('/').pop() ?? '').replace(/\..*$/, '');
}

/**
 * The names that suggest the purpose of a function: its own, those of the functions and classes around it, of its file, and
 * of its parameters.
 */
export function contextNames(linked: Linked, id: number): string[] {
  const params = linked.program.functions[id]?.func.params ?? [];
  return [...namesAround(linked, id), fileName(linked, id), ...params.map(({ name }) => name)];
}

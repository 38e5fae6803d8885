import { maxRecordFields } from '../../budgets/callgraph.ts';
import type { Call, Class, Field, Func, Inst, Module, ValueId } from '../../ir/ir.ts';
import { languageOf } from '../../languages/registry.ts';

/**
 * Names of functions that make a class from its field names. The value of each is a pattern for the modules that export it.
 */
export const classMakers: ReadonlyMap<string, RegExp> = new Map([
  ['namedtuple', /^collections$/],
  ['NamedTuple', /^typing(_extensions)?$/],
  ['make_dataclass', /^dataclasses$/],
]);

/**
 * The class that a call makes from field names: `namedtuple('Pair', 'left right')` -> `Pair` with two fields. Undefined for
 * other calls, and if the field names are not literals.
 */
export function madeClass(module: Module, func: Func, inst: Inst & Call): Class | undefined {
  if (!languageOf(module).classBodiesDeclareFields) return undefined;
  if (inst.isDecorator || inst.spread || makerOf(func, inst) === undefined) return undefined;
  const names = fieldNames(func, argument(inst, 1, /^(field_names|fields)$/));
  if (!names) return undefined;
  const name = text(func, argument(inst, 0, /^(typename|cls_name)$/)) ?? '';
  const fields: Field[] = names.map((one) => ({ name: one, type: { name: 'object' } }));
  return { name, methods: [], fields, init: -1, at: inst.at, end: inst.end };
}

/**
 * The name of the called function if it makes a class from field names, such as `namedtuple`. Undefined for other calls.
 */
export function makerOf(func: Func, inst: Call): string | undefined {
  const callee = func.code[inst.callee];
  if (callee?.op !== 'import' && callee?.op !== 'member') return undefined;
  const module = classMakers.get(callee.name);
  const from: Inst | undefined = callee.op === 'member' ? func.code[callee.object] : callee;
  return from?.op === 'import' && module?.test(from.specifier) ? callee.name : undefined;
}

function argument(inst: Call, position: number, name: RegExp): ValueId | undefined {
  const named = inst.names?.findIndex((one) => one !== null && name.test(one)) ?? -1;
  if (named >= 0) return inst.args[named];
  return inst.names?.[position] ? undefined : inst.args[position];
}

/** `'left right'`, `'left, right'`, `['left', 'right']`, `[('left', str), ('right', int)]` */
function fieldNames(func: Func, value: ValueId | undefined): readonly string[] | undefined {
  const written = text(func, value);
  if (written !== undefined) {
    const parts = written.split(/[\s,]+/).filter((name) => name !== '');
    return parts.slice(0, maxRecordFields + 1);
  }
  const list = func.code[value ?? -1];
  if (list?.op !== 'list' || list.spread.length > 0) return undefined;
  const names: string[] = [];
  for (const item of list.items.slice(0, maxRecordFields + 1)) {
    const pair = func.code[item];
    const name = text(func, pair?.op === 'list' ? pair.items[0] : item);
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}

function text(func: Func, value: ValueId | undefined): string | undefined {
  const inst = func.code[value ?? -1];
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

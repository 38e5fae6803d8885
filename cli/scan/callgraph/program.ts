import { maxConcatenationDepth } from '../budgets/callgraph.ts';
import type { Class, Func, Inst, Module } from '../ir/ir.ts';
import type { Language } from '../languages/language.ts';
import { languageOf } from '../languages/registry.ts';
import { classMakers, madeClass } from './dispatch/made-classes.ts';
import { Instructions } from './instructions.ts';

/**
 * All modules of a scan under one numbering. Functions, classes and cells have global numbers, and each value of each function
 * has a node.
 */
export interface Program {
  readonly modules: readonly Module[];
  /** The language of each module. */
  readonly languages: readonly Language[];
  readonly functions: readonly FuncInfo[];
  readonly classes: readonly ClassInfo[];
  readonly instructions: Instructions;
  /**
   * The classes that calls such as `namedtuple(...)` make, by the node of the call. Their numbers follow those of all other
   * classes.
   */
  readonly madeClasses: ReadonlyMap<number, number>;
  /** The first global number of each module's functions, classes and cells. */
  readonly firstFunc: readonly number[];
  readonly firstClass: readonly number[];
  readonly firstCell: readonly number[];
  readonly cells: number;
  /** The number of values in all functions. */
  readonly values: number;
}

/** A function and its place in the program. `id` is its global number. */
export interface FuncInfo {
  readonly id: number;
  readonly module: number;
  readonly func: Func;
  /** The node of its value 0. */
  readonly firstValue: number;
  /** The value of each parameter, or -1 if it is unused. */
  readonly params: readonly number[];
}

export interface ClassInfo {
  readonly id: number;
  readonly module: number;
  readonly class: Class;
}

export function createProgram(modules: readonly Module[]): Program {
  const functions: FuncInfo[] = [];
  const classes: ClassInfo[] = [];
  const firstFunc: number[] = [];
  const firstClass: number[] = [];
  const firstCell: number[] = [];
  let values = 0;
  let cells = 0;
  modules.forEach((module, index) => {
    firstFunc.push(functions.length);
    firstClass.push(classes.length);
    firstCell.push(cells);
    cells += module.cells.length;
    for (const func of module.functions) {
      functions.push({
        id: functions.length,
        module: index,
        func,
        firstValue: values,
        params: paramValues(func),
      });
      values += func.code.length;
    }
    for (const one of module.classes) classes.push({ id: classes.length, module: index, class: one });
  });
  const instructions = new Instructions(functions, values);
  const made = new Map<number, number>();
  instructions.calls(classMakers, (inst, { module, func, firstValue }, value) => {
    const one = madeClass(modules[module] as Module, func, inst);
    if (!one) return;
    made.set(firstValue + value, classes.length);
    classes.push({ id: classes.length, module, class: one });
  });
  return {
    modules,
    languages: modules.map((module) => languageOf(module)),
    functions,
    classes,
    instructions,
    madeClasses: made,
    firstFunc,
    firstClass,
    firstCell,
    cells,
    values,
  };
}

/** The language of a module, by its number. */
export function languageAt(program: Program, module: number): Language {
  return program.languages[module] ?? languageOf(undefined);
}

function paramValues(func: Func): number[] {
  const values: number[] = new Array(func.params.length).fill(-1);
  if (values.length === 0) return values;
  for (let value = 0; value < func.code.length; value++) {
    const inst = func.code[value] as Inst;
    if (inst.op === 'param' && values[inst.index] === -1) values[inst.index] = value;
  }
  return values;
}

/**
 * The text of a value that is a constant in its function: `'a'` -> `a`, `1` -> `1`, `'a' + 'b'` -> `ab`. For a
 * well-known symbol, its internal member name, as `knownSymbol` returns it. Undefined for other values.
 */
export function literalText(func: Func, value: number, depth = 0): string | undefined {
  const inst: Inst | undefined = func.code[value];
  if (inst?.op === 'binary' && inst.operator === '+' && depth < maxConcatenationDepth) {
    const [left, right] = [literalText(func, inst.left, depth + 1), literalText(func, inst.right, depth + 1)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (inst?.op !== 'const') return knownSymbol(func, value);
  return typeof inst.value === 'string' || typeof inst.value === 'number' ? String(inst.value) : undefined;
}

/**
 * The internal member name of a well-known JavaScript symbol: a NUL and the symbol's name. `Symbol.iterator` ->
 * `'\0iterator'`. Undefined for other values.
 */
export function knownSymbol(func: Func, value: number): string | undefined {
  const inst = func.code[value];
  if (inst?.op !== 'member') return undefined;
  const object = func.code[inst.object];
  return object?.op === 'global' && object.name === 'Symbol' ? `\0${inst.name}` : undefined;
}

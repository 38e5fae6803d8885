import { maxParameterSteps } from '../../budgets/callgraph.ts';
import type { Call, Func, Inst } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { guessHandlers } from './guess-handlers.ts';
import { nameOf, ownModule } from './guessed-name.ts';
import { MethodGuesses } from './method-guesses.ts';
import { presentTypes } from './present-types.ts';

/**
 * Guesses the library types of values whose type is otherwise unknown. Only values whose members are used get a type.
 * The models list the names that suggest a type, in one of these forms:
 *     cursor                     // a value of this name: `cursor.execute(...)`
 *     (request)                  // a function's first parameter after `self`: the function may be a handler
 *     @errorhandler(Exception)   // a function that is registered in this way: see `guessHandlers`
 *     .findByPk                  // a value on which this method is called
 *     get_response()             // the result of a function of this name
 */
export function guessTypes(linker: Linker): void {
  const isUsed = presentTypes(linker);
  const methods = new MethodGuesses(linker);
  for (const info of linker.program.functions) {
    const { guesses, states: all } = linker.apiOf(info.module);
    if (guesses.size === 0) continue;
    const { code } = info.func;
    for (let value = 0; value < code.length; value++) {
      const inst = code[value] as Inst;
      if (inst.op === 'call') {
        guessHandlers(linker, info, inst);
        guessReturned(linker, info, inst, value);
      }
      if (inst.op !== 'member' && inst.op !== 'index' && inst.op !== 'store') continue;
      const node = info.firstValue + inst.object;
      if (!isUnknown(linker, node)) continue;
      const handled = inst.op === 'store' ? none : handledTypes(linker, info, inst.object);
      // A value that is read by index is usually a list. It gets a type only as a handler's parameter: `event['body']`.
      const named = inst.op === 'member' ? namedTypes(linker, info, inst.object) : none;
      // `box.innerHTML = text` says as much about the type of `box` as reading that member.
      const called = inst.op === 'index' ? none : methods.of(info, inst);
      if (named.length + handled.length + called.length === 0) continue;
      const states = [...named.filter((id) => isUsed(all[id]?.type ?? '', info)), ...handled, ...called];
      if (states.length === 0) continue;
      linker.addStates(states, node);
      linker.guessed.add(node);
    }
  }
}

/** Guesses the type of a call's result from the name of the called function. */
function guessReturned(linker: Linker, info: FuncInfo, { callee }: Call, value: number): void {
  const name = nameOf(linker, info.module, info.func, callee, 0);
  const states = name === undefined ? undefined : linker.apiOf(info.module).guesses.get(`${name}()`);
  const node = info.firstValue + value;
  if (!states || !isUnknown(linker, node)) return;
  linker.addStates(states, node);
  linker.guessed.add(node);
}

/**
 * Whether the type of a value is unknown. A module that is missing from the project (`import db from './db.js'`) counts as
 * unknown, and so does a `TypedDict`, which is just some dictionary.
 */
function isUnknown({ bases, graph, tokens }: Linker, node: number): boolean {
  for (const token of graph.tokens(node)) {
    const { kind, ref } = tokens.get(token);
    const isSome = kind === 'instance' && bases.get(ref)?.includes('TypedDict') === true;
    if (!isSome && !(kind === 'package' && ownModule.test(tokens.packageName(ref)))) return false;
  }
  return true;
}

/** The types that the names of a value suggest, each once. */
function namedTypes(linker: Linker, info: FuncInfo, value: number): readonly number[] {
  const { guesses } = linker.apiOf(info.module);
  const name = nameOf(linker, info.module, info.func, value, 0);
  const locals = localNames(info.func, value);
  if (locals.length === 0) return (name === undefined ? undefined : guesses.get(name)) ?? none;
  const names = name === undefined ? locals : [name, ...locals];
  return [...new Set(names.flatMap((one) => guesses.get(one) ?? []))];
}

/** The types that the name of a first parameter suggests. */
function handledTypes(linker: Linker, info: FuncInfo, value: number): readonly number[] {
  if (!isFirst(info.func, value, 0)) return none;
  const name = nameOf(linker, info.module, info.func, value, 0);
  return linker.apiOf(info.module).guesses.get(`(${name})`) ?? none;
}

const none: readonly number[] = [];

/** Whether a value is the first parameter, or the variable that holds it. */
function isFirst(func: Func, value: number, depth: number, cells = firstCells): boolean {
  const inst = func.code[value];
  if (!inst || depth > maxParameterSteps) return false;
  switch (inst.op) {
    case 'param':
      return inst.index === (/^(?:self|cls)$/.test(func.params[0]?.name ?? '') ? 1 : 0);
    case 'cell-store':
    case 'effect':
    case 'await':
    case 'typed':
      return isFirst(func, inst.value, depth + 1, cells);
    case 'store':
    case 'store-index':
      return isFirst(func, inst.object, depth + 1, cells);
    case 'phi':
      return inst.inputs[0] !== undefined && isFirst(func, inst.inputs[0], depth + 1, cells);
    case 'cell-load':
      return cells(func).has(inst.cell);
    default:
      return false;
  }
}

/** Shared variables that the first parameter is put into. */
const firstCells: (func: Func) => ReadonlySet<number> = memoized((func) => {
  const found = new Set<number>();
  for (const inst of func.code)
    if (inst.op === 'cell-store' && isFirst(func, inst.value, 0, () => found)) found.add(inst.cell);
  return found;
});

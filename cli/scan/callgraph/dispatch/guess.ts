import { maxHandlerNesting, maxParameterSteps } from '../../budgets/callgraph.ts';
import type { Call, Func, Inst } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { guessHandlers } from './guess-handlers.ts';
import { nameOf, ownModule } from './guessed-name.ts';
import { MethodGuesses } from './method-guesses.ts';
import { presentTypes } from './present-types.ts';

/**
 * Gives values of which nothing is known the type that their name suggests (`cursor.execute(...)`), as
 * far as the models list such names. Only receivers of members are looked at. A name in parentheses,
 * `(request)`, is that of a function's first parameter, behind `self`: handlers are found by it that no
 * code here registers. `@errorhandler(Exception)` is what a function is decorated with or handed to, or the dictionary that it
 * stands in, `.findByPk` a method that is called on it, and `get_response()` what a function of that name returns.
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
      // What has entries is a list mostly: it counts as a handler's parameter alone, `event['body']`.
      const named = inst.op === 'member' ? namedTypes(linker, info, inst.object) : none;
      // `box.innerHTML = text` tells of the box what reading that member would.
      const called = inst.op === 'index' ? none : methods.of(info, inst);
      if (named.length + handled.length + called.length === 0) continue;
      const states = [...named.filter((id) => isUsed(all[id]?.type ?? '', info)), ...handled, ...called];
      if (states.length === 0) continue;
      linker.addStates(states, node);
      linker.guessed.add(node);
    }
  }
}

/** What functions return that are handed on under a name of their own. */
function guessReturned(linker: Linker, info: FuncInfo, { callee }: Call, value: number): void {
  const name = nameOf(linker, info.module, info.func, callee, 0);
  const states = name === undefined ? undefined : linker.apiOf(info.module).guesses.get(`${name}()`);
  const node = info.firstValue + value;
  if (!states || !isUnknown(linker, node)) return;
  linker.addStates(states, node);
  linker.guessed.add(node);
}

/**
 * Nothing is known of a value, or that it is a module of the project's own that is not there: `import db from './db.js'`. What is
 * declared to be a `TypedDict` is some dictionary all the same.
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

/** Those that the name of a first parameter suggests. */
function handledTypes(linker: Linker, info: FuncInfo, value: number): readonly number[] {
  if (!isFirst(info.func, value, 0)) return none;
  const name = nameOf(linker, info.module, info.func, value, 0);
  return linker.apiOf(info.module).guesses.get(`(${name})`) ?? none;
}

const none: readonly number[] = [];

/** Whether a value is the first parameter, or the variable that holds it. */
function isFirst(func: Func, value: number, depth: number): boolean {
  const inst = func.code[value];
  if (!inst || depth > maxParameterSteps) return false;
  switch (inst.op) {
    case 'param':
      return inst.index === (/^(?:self|cls)$/.test(func.params[0]?.name ?? '') ? 1 : 0);
    case 'cell-store':
    case 'effect':
    case 'await':
    case 'typed':
      return isFirst(func, inst.value, depth + 1);
    case 'store':
    case 'store-index':
      return isFirst(func, inst.object, depth + 1);
    case 'phi':
      return inst.inputs[0] !== undefined && isFirst(func, inst.inputs[0], depth + 1);
    case 'cell-load':
      return firstCells(func).has(inst.cell);
    default:
      return false;
  }
}

const cellsOfFirst = new WeakMap<Func, Set<number>>();

/** Shared variables that the first parameter is put into. */
function firstCells(func: Func): ReadonlySet<number> {
  const known = cellsOfFirst.get(func);
  if (known) return known;
  const found = new Set<number>();
  cellsOfFirst.set(func, found);
  for (const inst of func.code)
    if (inst.op === 'cell-store' && isFirst(func, inst.value, 0)) found.add(inst.cell);
  return found;
}

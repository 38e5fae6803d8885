import { maxStackedDecorators, maxWrapperReturns, maxWrapperUses } from '../../budgets/callgraph.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { usersOf } from '../../ir/query/users.ts';
import type { Target } from '../linked.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo, Program } from '../program.ts';
import { type Place, writtenOrigin } from '../written-origin.ts';

/** A function that passes all its arguments to the function that it wraps, such as the inner function of a decorator. */
interface Wrapper {
  /** The function that makes the wrapper: the decorator. */
  readonly maker: number;
  /** The index of the maker's parameter that receives the wrapped function. */
  readonly param: number;
}

/**
 * The targets of calls that go through a wrapper, by the number of the call in the program. The wrapped function takes the
 * place of the wrapper: `find(text)` calls `find` itself if `@timed` above it only passes all arguments on. The call graph
 * is context-insensitive, so that without this `find(text)` calls all functions that are decorated with `@timed`.
 */
export function directTargets(linker: Linker): ReadonlyMap<number, readonly Target[]> {
  const found = new Map<number, readonly Target[]>();
  const wrappers = wrappersIn(linker);
  if (wrappers.size === 0) return found;
  linker.program.instructions.each('call', (call, info, value) => {
    const node = info.firstValue + value;
    const targets = call.isDecorator ? [] : (linker.targets.get(node) ?? []);
    if (!targets.some((target) => isReplaceable(target, wrappers))) return;
    const direct = wrappedAt(linker, { info, value: call.callee }, wrappers, 0);
    if (direct === undefined) return;
    const others = targets.filter((target) => !isReplaceable(target, wrappers) && target.func !== direct);
    found.set(node, [...others, { func: direct, makes: -1, shift: 0 }]);
  });
  return found;
}

function isReplaceable(target: Target, wrappers: ReadonlyMap<number, Wrapper>): boolean {
  return (
    target.makes < 0 && target.shift === 0 && !target.context && !target.job && wrappers.has(target.func)
  );
}

/** The function at the end of a chain of wrappers. Undefined if one of them is unknown, or does more than pass arguments on. */
function wrappedAt(
  linker: Linker,
  place: Place,
  wrappers: ReadonlyMap<number, Wrapper>,
  depth: number,
): number | undefined {
  const { info, value } = writtenOrigin(linker, place);
  const inst = info.func.code[value];
  if (inst?.op === 'func') return (linker.program.firstFunc[info.module] ?? 0) + inst.func;
  if (inst?.op !== 'call' || depth > maxStackedDecorators) return undefined;
  const node = info.firstValue + value;
  const makers = linker.targets.get(node) ?? [];
  let arg: ValueId | undefined;
  if (makers.length > 0) arg = wrappedArg(inst, makers, functionsIn(linker, node), wrappers);
  // A library's decorator leaves the function as it is.
  else if (inst.isDecorator) arg = inst.args[0];
  return arg === undefined ? undefined : wrappedAt(linker, { info, value: arg }, wrappers, depth + 1);
}

function functionsIn({ graph, tokens }: Linker, node: number): readonly number[] {
  return graph.tokens(node).flatMap((token) => {
    const { kind, ref } = tokens.get(token);
    return kind === 'func' ? [ref] : [];
  });
}

/** The argument that a call of a decorator wraps. Undefined if the result may be anything else than its wrapper. */
function wrappedArg(
  call: Call,
  makers: readonly Target[],
  results: readonly number[],
  wrappers: ReadonlyMap<number, Wrapper>,
): ValueId | undefined {
  const [only, other] = results;
  const wrapper = only === undefined || other !== undefined ? undefined : wrappers.get(only);
  if (!wrapper || call.names || call.spread || makers.some(({ func }) => func !== wrapper.maker))
    return undefined;
  return call.args[wrapper.param];
}

function wrappersIn({ program, wrappedCells }: Linker): ReadonlyMap<number, Wrapper> {
  const { functions, firstFunc, firstCell } = program;
  const found = new Map<number, Wrapper>();
  for (const info of functions) {
    const { id, module, func } = info;
    const cell = func.outer < 0 ? undefined : wrappedCell(program, info);
    if (cell === undefined || !wrappedCells.has((firstCell[module] ?? 0) + cell)) continue;
    const maker = (firstFunc[module] ?? 0) + func.outer;
    const param = paramIn(functions[maker], cell);
    if (param !== undefined) found.set(id, { maker, param });
  }
  return found;
}

/** The index of the parameter that a function keeps in a variable. */
function paramIn(maker: FuncInfo | undefined, cell: number): number | undefined {
  const code = maker?.func.code ?? [];
  const stored = code.find((inst) => inst.op === 'cell-store' && inst.cell === cell);
  const kept = stored?.op === 'cell-store' ? code[stored.value] : undefined;
  return kept?.op === 'param' ? kept.index : undefined;
}

/**
 * The variable of the function that a wrapper calls with all its own arguments, if the wrapper returns nothing but the
 * result of that call and constants. Undefined for other functions.
 */
function wrappedCell(program: Program, info: FuncInfo): number | undefined {
  const { func } = info;
  let cell: number | undefined;
  const calls = new Set<ValueId>();
  for (let value = 0; value < func.code.length; value++) {
    const inst = func.code[value];
    const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
    if (inst?.op !== 'call' || callee?.op !== 'cell-load' || !passesAll(func, inst)) continue;
    if (cell !== undefined && cell !== callee.cell) return undefined;
    cell = callee.cell;
    calls.add(value);
  }
  return cell !== undefined && returnsOnly(func, calls) && usesOnly(program, info, calls) ? cell : undefined;
}

function returnsOnly({ blocks, code }: Func, calls: ReadonlySet<ValueId>): boolean {
  const returned = blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
  const reached = transitive(returned, maxWrapperReturns, (value) => {
    const inst = code[value];
    if (inst?.op === 'phi') return inst.inputs;
    return inst?.op === 'await' || inst?.op === 'typed' || inst?.op === 'effect' ? [inst.value] : [];
  });
  return (
    reached.size <= maxWrapperReturns &&
    [...reached].every((value) => calls.has(value) || isPassed(code[value]))
  );
}

function isPassed(inst: Inst | undefined): boolean {
  return inst !== undefined && /^(?:const|phi|await|typed|effect)$/.test(inst.op);
}

/**
 * Whether a wrapper does nothing else with its arguments than to look at them: to test, count, list or print them. Otherwise the
 * wrapper itself may do harm with them, as in `os.system('log ' + args[0])`.
 */
function usesOnly(program: Program, info: FuncInfo, calls: ReadonlySet<ValueId>, depth = 0): boolean {
  const { code } = info.func;
  const { of } = usersOf(info.func);
  let isHarmless = true;
  const params = code.flatMap((inst, value) => (inst.op === 'param' ? [value] : []));
  const reached = transitive(params, maxWrapperUses, (value) =>
    (of[value] ?? []).filter((user) => {
      const inst = code[user] as Inst;
      if (inst.op === 'call' && !calls.has(user) && !looks(code, inst, value))
        isHarmless &&= depth === 0 && isInnerLook(program, info, inst);
      if (/^(?:store|store-index|cell-store)$/.test(inst.op)) isHarmless = false;
      return !calls.has(user);
    }),
  );
  return isHarmless && reached.size <= maxWrapperUses;
}

/** Whether a call runs a function inside the wrapper that only looks at its arguments, too. */
function isInnerLook(program: Program, { module, func }: FuncInfo, { callee }: Call): boolean {
  const inner = func.code[callee];
  const info =
    inner?.op === 'func' ? program.functions[(program.firstFunc[module] ?? 0) + inner.func] : undefined;
  return info !== undefined && usesOnly(program, info, new Set(), 1);
}

const lookers =
  /^(?:zip|enumerate|len|isinstance|issubclass|type|str|repr|int|float|bool|list|dict|tuple|set|sorted|print|hash|id|hasattr|getattr|callable|any|all|min|max|range|String|Number|Boolean|\w*Error|\w*Exception)$/;
const lookingMethods =
  /^(?:items|keys|values|get|copy|format|join|append|push|startswith|startsWith|map|forEach|some|every|includes|slice|debug|info|log|warn|warning|error|trace)$/;

/** Whether a call only looks at an argument or at its receiver: `isinstance(value, type)`, `kwargs.items()`. */
function looks(code: readonly Inst[], call: Call, value: ValueId): boolean {
  const callee = code[call.callee];
  if (callee?.op === 'global') return lookers.test(callee.name);
  if (callee?.op === 'member') return callee.object === value || lookingMethods.test(callee.name);
  return false;
}

/** Whether a call passes all parameters of the function, in their order and unchanged: `func(request, *args, **kwargs)`. */
function passesAll({ code, params }: Func, call: Call): boolean {
  if (params.length === 0 || call.args.length !== params.length) return false;
  return params.every((param, index) => {
    const name = call.names?.[index] ?? null;
    const isSpread = call.spread?.includes(index) ?? false;
    return (
      isSpread === (param.rest !== undefined) &&
      (name === null || param.rest === 'keywords') &&
      isParam(code, call.args[index] ?? -1, index)
    );
  });
}

/** Methods that leave a list or a mapping as it is. */
const readers = /^(?:get|items|keys|values|copy|index|count|map|forEach|some|every|includes|join|slice)$/;

/** Whether a value is a parameter that nothing has changed. */
function isParam(code: readonly Inst[], value: ValueId, index: number): boolean {
  let inst = code[value];
  while (inst?.op === 'effect' || inst?.op === 'typed') {
    if (inst.op === 'effect' && !isRead(code, inst.call)) return false;
    inst = code[inst.value];
  }
  return inst?.op === 'param' && inst.index === index;
}

function isRead(code: readonly Inst[], call: ValueId): boolean {
  const inst = code[call];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' && readers.test(callee.name);
}

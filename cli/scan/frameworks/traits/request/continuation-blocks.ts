import type { Linked } from '../../../callgraph/linked.ts';
import type { FuncInfo } from '../../../callgraph/program.ts';
import type { BlockId, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoizedPair } from '../../../ir/memoized.ts';
import { operandsOf } from '../../../ir/operands.ts';
import { isBehind } from '../../../ir/query/control-flow.ts';

/**
 * Finds the blocks of a middleware that let the request continue to the handler. They call `next()`, or pass `next` to
 * other code that may call it. A call of `next` with a value does not count: it reports an error. A middleware has the
 * parameters `(request, response, next)` or `(context, next)`.
 */
export function continuationBlocks(linked: Linked, id: number): readonly BlockId[] {
  const info = linked.program.functions[id];
  if (!info) return [];
  return blocksOf(linked, info);
}

const blocksOf = memoizedPair((linked: Linked, info: FuncInfo): readonly BlockId[] => {
  const { code, blocks } = info.func;
  const functions = linked.program.modules[info.module]?.functions ?? [];
  const next: Next = { code, index: nextIn(info.func), cells: new Set() };
  for (const inst of code)
    if (inst.op === 'cell-store' && isNext(next, inst.value)) next.cells.add(inst.cell);
  const capturing = capturingIn(functions, next.cells);
  const goes = (value: ValueId): boolean => {
    const inst = code[value];
    return inst !== undefined && goesOn(next, inst, capturing);
  };
  return blocks.flatMap(({ code: values, end }, block) =>
    values.some(goes) || (end.kind === 'return' && isNext(next, end.value)) ? [block] : [],
  );
});

/**
 * Finds the blocks in which a hook `async (request, reply)` returns without having sent a response: it returns no value
 * that is derived from `reply`, and some path to it calls no method that responds.
 */
export function unansweredBlocks(func: Func): readonly BlockId[] {
  const { code, blocks } = func;
  const answering = blocks.flatMap(({ code: values }, block) =>
    values.some((value) => isAnswer(code, value)) ? [block] : [],
  );
  return blocks.flatMap(({ end }, block) =>
    end.kind !== 'return' ||
    isOfReply(code, end.value) ||
    answering.some((one) => one === block || isBehind(func, block, one))
      ? []
      : [block],
  );
}

const answers = /^(?:send|redirect|callNotFound|hijack|sendFile|view)$/;

function isAnswer(code: readonly Inst[], value: ValueId): boolean {
  const inst = code[value];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' && answers.test(callee.name) && isOfReply(code, callee.object);
}

/** Real chains are shorter: `reply.code(400).header('a', 'b').send({})`. */
const maxChain = 12;

/** Methods of Fastify's reply that return the reply. */
const chained =
  /^(?:code|status|header|headers|type|send|redirect|serialize|callNotFound|hijack|sendFile|view|cookie|setCookie|clearCookie)$/;

function isOfReply(code: readonly Inst[], from: ValueId): boolean {
  let inst = code[from];
  for (let hop = 0; hop < maxChain; hop++) {
    if (inst?.op === 'call') inst = code[inst.callee];
    else if (inst?.op === 'member' && chained.test(inst.name)) inst = code[inst.object];
    else if (inst?.op === 'effect' || inst?.op === 'await' || inst?.op === 'typed') inst = code[inst.value];
    else break;
  }
  return inst?.op === 'param' && inst.index === 1;
}

/** The index of the `next` parameter, and the variables that hold it for nested functions. */
interface Next {
  readonly code: readonly Inst[];
  readonly index: number;
  readonly cells: Set<number>;
}

export function nextIn({ params }: Func): number {
  return params.length === 2 ? 1 : 2;
}

/** Functions that read one of these variables, and the functions around them. */
function capturingIn(functions: readonly Func[], cells: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  if (cells.size === 0) return found;
  functions.forEach(({ code }, index) => {
    if (!code.some((inst) => inst.op === 'cell-load' && cells.has(inst.cell))) return;
    for (let at = index; at >= 0 && !found.has(at); at = functions[at]?.outer ?? -1) found.add(at);
  });
  return found;
}

function goesOn(next: Next, inst: Inst, capturing: ReadonlySet<number>): boolean {
  if (inst.op === 'func') return capturing.has(inst.func);
  // The call itself is evaluated, so its effect is skipped.
  if (inst.op === 'cell-store' || inst.op === 'effect') return false;
  if (inst.op === 'call' && isNext(next, inst.callee))
    return (
      inst.spread !== undefined ||
      inst.args.every((arg) => next.code[arg]?.op === 'const' || isNext(next, arg))
    );
  return operandsOf(inst).some((value) => isNext(next, value));
}

function isNext({ code, index, cells }: Next, value: ValueId): boolean {
  const inst = code[value];
  return inst?.op === 'cell-load' ? cells.has(inst.cell) : inst?.op === 'param' && inst.index === index;
}

import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import { reachable } from '../../callgraph/query/refusal.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { BlockId, Call, Func, Inst } from '../../ir/ir.ts';
import { memoized, memoizedPair } from '../../ir/memoized.ts';
import { isBehind } from '../../ir/query/control-flow.ts';
import { checksPassword, passwordChecksIn } from '../../rules/kit/sensitive/password-check.ts';
import { asksLimiter } from '../../rules/limits-login-attempts/counted-attempts.ts';
import { answerOnce } from '../answer-once.ts';
import { isCounted } from './counted-values.ts';

const maxDepth = 3;

/**
 * Whether every path through a function passes a rate limit that the project itself implements. For a caller over the
 * limit, the function throws or responds with 429.
 */
export function isOwnLimiter(linked: Linked, id: number, depth = 0): boolean {
  const func = linked.program.functions[id]?.func;
  if (!func || depth > maxDepth || !isFollowed(func)) return false;
  return limiters(linked, `${id} ${depth}`, () =>
    limitingBlocks(linked, id, depth).some((block) => isOnAllWays(func, block)),
  );
}

const limiters = answerOnce<boolean>();
const maxCode = 3_000;
/** Longer functions are not fully analysed, so a path around the refusal could be missed. */
const maxBlocks = 250;

function isFollowed({ code, blocks }: Func): boolean {
  return code.length <= maxCode && blocks.length <= maxBlocks;
}

/**
 * Whether a rate limit precedes each password check of a function, in the function itself or in the callee that checks the
 * password. A caller over the limit does not reach the check.
 */
export function limitsBeforeCheck(linked: Linked, id: number, depth = 0): boolean {
  const func = linked.program.functions[id]?.func;
  if (!func || depth > maxDepth || !isFollowed(func)) return false;
  return limitedChecks(linked, `${id} ${depth}`, () => limitsEach(linked, id, func, depth));
}

const limitedChecks = answerOnce<boolean>();

function limitsEach(linked: Linked, id: number, func: Func, depth: number): boolean {
  const checks = passwordChecksIn(linked, id);
  if (checks.length === 0) return false;
  const limiting = limitingBlocks(linked, id, depth);
  const calls = limitingCalls(linked, id, depth);
  const behind = new Set(
    [...func.blocks.keys()].filter((at) => limiting.some((one) => isBehindBlock(func, at, one))),
  );
  return checks.every((check) => {
    const at = blockOf(func, check);
    if (behind.has(at)) return true;
    if (at >= 0 && calls.some((call) => call < check && blockOf(func, call) === at)) return true;
    const targets = linked.targets(id, check).filter((one) => checksPassword(linked, one.func));
    return (
      targets.length > 0 &&
      targets.every((one) => one.func !== id && limitsBeforeCheck(linked, one.func, depth + 1))
    );
  });
}

/**
 * Whether a decorator of the project, or the function that it returns, refuses a caller over the limit before it calls the
 * wrapped function.
 */
export const isLimitingWrapper: (linked: Linked, id: number) => boolean = memoizedPair((linked, id) => {
  const inner = linked.program.functions[id]?.func.code.flatMap(({ op }, value) =>
    op === 'func' ? linked.functions(id, value) : [],
  );
  return (inner ?? []).some((one) => {
    const func = linked.program.functions[one]?.func;
    if (!func || !isFollowed(func)) return false;
    const calls = func.code.flatMap((inst, value) =>
      inst.op === 'call' && func.code[inst.callee]?.op === 'cell-load' && passesOn(inst) ? [value] : [],
    );
    const limiting = calls.length === 0 ? [] : limitingBlocks(linked, one, 0);
    return (
      calls.length > 0 &&
      calls.every((call) => limiting.some((block) => isBehindBlock(func, blockOf(func, call), block)))
    );
  });
});

function passesOn({ args, spread }: Call): boolean {
  return (spread?.length ?? 0) > 0 || args.length > 1;
}

function isBehindBlock(func: Func, block: BlockId, other: BlockId): boolean {
  return block >= 0 && block !== other && isBehind(func, block, other);
}

/** Whether any function of a program seems to be a rate limiter. The routes that it guards may be unknown. */
export const hasOwnLimiters: (linked: Linked) => boolean = memoized((linked) => {
  const mayLimit = ({ id, func }: FuncInfo): boolean =>
    isFollowed(func)
      ? func.blocks.some((_, block) => refusesHere(linked, id, block))
      : refusing(func).size > 0;
  return linked.program.functions.some(mayLimit);
});

/**
 * Whether a function may respond that a limit was exceeded. The condition for this response does not matter: it may be a
 * count of database rows.
 */
export function saysSomeTooMany({ program }: Linked, id: number): boolean {
  const func = program.functions[id]?.func;
  return func !== undefined && refusing(func).size > 0;
}

/** The blocks of a function that a caller over the limit does not get past. */
function limitingBlocks(linked: Linked, id: number, depth: number): readonly BlockId[] {
  return blocksOf(linked, `${id} ${depth}`, () => {
    const func = linked.program.functions[id]?.func as Func;
    const branches = func.blocks.flatMap((_, block) => (refusesHere(linked, id, block) ? [block] : []));
    const calls = limitingCalls(linked, id, depth).map((value) => blockOf(func, value));
    const all = new Set([...branches, ...calls].filter((block) => block >= 0));
    return [...new Set([...all].map((block) => loopOf(func, block)))];
  });
}

const blocksOf = answerOnce<readonly BlockId[]>();

/**
 * Calls that throw over the limit: of a limiter of the project, and of a package's `consume` if its refusal is not caught, or is
 * sent as a response.
 */
function limitingCalls(linked: Linked, id: number, depth: number): readonly number[] {
  return callsOf(linked, `${id} ${depth}`, () => callsThatLimit(linked, id, depth));
}

const callsOf = answerOnce<readonly number[]>();

function callsThatLimit(linked: Linked, id: number, depth: number): readonly number[] {
  const func = linked.program.functions[id]?.func as Func;
  const isCaught = func.code.some(({ op }) => op === 'caught') && refusing(func).size === 0;
  if (isCaught) return [];
  return func.code.flatMap((inst, value) => {
    if (inst.op !== 'call') return [];
    const targets = linked.targets(id, value).filter((one) => one.func !== id);
    const isLimiting =
      asksLimiter(linked, id, value) ||
      (targets.length > 0 &&
        targets.every((one) => throwsTooMany(linked, one.func) && isOwnLimiter(linked, one.func, depth + 1)));
    return isLimiting && isWaitedFor(linked, id, value) ? [value] : [];
  });
}

/**
 * Whether a function stops its caller over the limit: it throws, or calls a function that does. One that only responds does not.
 */
function throwsTooMany({ program }: Linked, id: number): boolean {
  const func = program.functions[id]?.func;
  return (
    func !== undefined &&
    !func.params.some(({ name }) => /^(next|done)$/.test(name)) &&
    (func.blocks.some(
      ({ end }, block) => saysTooMany(func, block) && (end.kind === 'throw' || throwsByCall(func, block)),
    ) ||
      refusing(func).size === 0)
  );
}

/** Whether a call is awaited, or needs no `await`. An asynchronous call without one limits nothing. */
function isWaitedFor(linked: Linked, id: number, call: number): boolean {
  const func = linked.program.functions[id]?.func as Func;
  const isAsync = linked.targets(id, call).some((one) => linked.program.functions[one.func]?.func.async);
  const isOfPackage = asksLimiter(linked, id, call);
  if (!isAsync && !isOfPackage) return true;
  return func.code.some((inst) => {
    if (inst.op !== 'await') return false;
    const held = func.code[inst.value];
    if (inst.value === call) return true;
    // `await Promise.all([limiter.consume(a), limiter.consume(b)])`
    return (
      held?.op === 'call' &&
      held.args.some((arg) => {
        const list = func.code[arg];
        return arg === call || (list?.op === 'list' && list.items.includes(call));
      })
    );
  });
}

/** Whether a block branches on a counter, and only one successor leads to a refusal. */
function refusesHere(linked: Linked, id: number, block: BlockId): boolean {
  const func = linked.program.functions[id]?.func as Func;
  const end = func.blocks[block]?.end;
  if (end?.kind !== 'branch' || refusing(func).size === 0) return false;
  if (!isCounted(linked, id, end.test)) return false;
  const onward = (from: BlockId): boolean => from !== block;
  const [one, other] = [end.then, end.else].map((arm) => reachable(func, arm, onward));
  const refuses = (arm: ReadonlySet<BlockId>, rest: ReadonlySet<BlockId>): boolean =>
    [...arm].some(
      (at) => at !== block && !rest.has(at) && saysTooMany(func, at) && endsThere(func, at, rest),
    );
  return one !== undefined && other !== undefined && (refuses(one, other) || refuses(other, one));
}

/** Whether the code after a refusal never rejoins the path of accepted requests. */
function endsThere(func: Func, from: BlockId, rest: ReadonlySet<BlockId>): boolean {
  return throwsByCall(func, from) || [...reachable(func, from)].every((at) => !rest.has(at));
}

/** `abort(429)` of Flask, `ctx.throw(429)` of Koa */
function throwsByCall({ code, blocks }: Func, block: BlockId): boolean {
  return (
    blocks[block]?.code.some((value) => {
      const inst = code[value];
      const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
      return (
        (callee?.op === 'import' &&
          callee.name === 'abort' &&
          /^(flask|quart|werkzeug)/.test(callee.specifier)) ||
        (callee?.op === 'member' && callee.name === 'throw')
      );
    }) ?? false
  );
}

const tooMany = /too[ _-]?many|rate[ _-]?limit|throttled|locked/i;

function saysTooMany(func: Func, block: BlockId): boolean {
  return refusing(func).has(block);
}

/** The blocks of a function that respond that a limit was exceeded. */
const refusing = memoized((func: Func): ReadonlySet<BlockId> => {
  const isRefusal = (value: number): boolean => isTooMany(func.code[value]);
  return new Set([...func.blocks.keys()].filter((block) => func.blocks[block]?.code.some(isRefusal)));
});

function isTooMany(inst: Inst | undefined): boolean {
  if (inst?.op === 'const')
    return inst.value === 429 || (typeof inst.value === 'string' && tooManyText.test(inst.value));
  return (inst?.op === 'member' || inst?.op === 'import' || inst?.op === 'global') && tooMany.test(inst.name);
}

const tooManyText = /^429|too many|locked/i;

/** For a block in a loop over a literal list: the head of the loop, as its body runs at least once. */
function loopOf(func: Func, block: BlockId): BlockId {
  for (const [head, { end }] of func.blocks.entries()) {
    if (end.kind !== 'branch' || func.code[end.test]?.op !== 'unknown' || head === block) continue;
    const first = func.blocks[end.then]?.code.find((value) => func.code[value]?.op === 'element');
    const element = first === undefined ? undefined : func.code[first];
    const list = element?.op === 'element' ? func.code[element.value] : undefined;
    const isFilled = list?.op === 'list' && list.items.length > list.spread.length;
    if (!isFilled || !isBehind(func, block, end.then) || !reachable(func, block).has(head)) continue;
    // Each round checks: the block dominates every back edge to the head.
    const backs = (func.blocks[head]?.preds ?? []).filter((at) => isBehind(func, at, end.then));
    if (backs.every((at) => isBehind(func, at, block))) return head;
  }
  return block;
}

/** Whether every path that ends normally passes a block. */
function isOnAllWays(func: Func, block: BlockId): boolean {
  const seen = reachable(func, 0, (from) => from !== block);
  return [...seen].every(
    (at) => at === block || func.blocks[at]?.end.kind !== 'return' || saysTooMany(func, at),
  );
}

import type { Block, BlockId, Func, ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { passwordChecksIn } from '../rule/password-check.ts';
import { nameOfCallee, reachable } from '../rule/refusal.ts';
import { logCallOf } from '../rules/secret-logged/log-call.ts';
import { successors } from '../taint/control-flow.ts';
import { type Outcomes, outcomesOf } from './check-outcomes.ts';

export type FailureLog = 'logged' | 'none' | 'unresolved';

const maxDepth = 3;
/** What may write to a log, or tell something that does, though no model knows it. */
const telling =
  /log|audit|event|emit|record|track|report|notif|signal|alert|metric|incr|capture|dispatch|publish|enqueue|insert|create|save|fail|next|reject|abort|raise|throw|done|error|exception|unauthori|forbid|deny|limit|penal|consume|attempt/i;

/**
 * Whether a failed check of a password writes to a log: on the branch that only failures take. What is logged before the check, or
 * where it succeeds, says nothing of failures.
 */
export function logsFailure(linked: Linked, id: number): FailureLog {
  const log = ofBranches(linked, id);
  return log === 'none' && hasReceiver(linked) ? 'unresolved' : log;
}

/** Django tells receivers of this signal of each failure. */
function hasReceiver({ program }: Linked): boolean {
  return program.instructions.some('import', ({ name }) => name === 'user_login_failed');
}

function ofBranches(linked: Linked, id: number): FailureLog {
  const answers = decisionsOf(linked, id, new Map(), 0);
  if (answers.length > 0) return combined(answers);
  const func = linked.program.functions[id]?.func;
  const isOpen =
    !func || throws(linked, id) || func.code.some((_, value) => mayWrite(linked, id, func, value));
  return isOpen ? 'unresolved' : 'none';
}

function combined(answers: readonly FailureLog[]): FailureLog {
  const [first = 'unresolved'] = answers;
  return answers.every((one) => one === first) ? first : 'unresolved';
}

/** What each branch on the outcome of a check does where it failed: in a function, and in those that its outcome is passed to. */
function decisionsOf(linked: Linked, id: number, passed: Outcomes, depth: number): readonly FailureLog[] {
  const func = linked.program.functions[id]?.func;
  if (!func || depth > maxDepth) return [];
  const checks = passwordChecksIn(linked, id);
  // A function that checks, and logs what failed itself.
  const inside = checks.flatMap((value) =>
    linked.targets(id, value).map(({ func: target }) => decisionsOf(linked, target, new Map(), depth + 1)),
  );
  if (inside.length > 0 && inside.every((one) => one.length > 0 && combined(one) === 'logged'))
    return ['logged'];
  const outcomes = outcomesOf(func, passed, checks);
  const branches = branchesOn(linked, id, func, outcomes);
  const logged = branches.filter(({ log }) => log === 'logged');
  // Behind a failure that was logged, what else is asked of the user is no failure of the check.
  const own = branches.filter((one) => !logged.some(({ success }) => success.has(one.block)));
  return [
    ...own.map(({ log }) => log),
    ...callbacksOf(linked, id, func, checks, outcomes).flatMap(([inner, given]) =>
      decisionsOf(linked, inner, given, depth + 1),
    ),
  ];
}

interface Branch {
  readonly block: BlockId;
  readonly log: FailureLog;
  /** Blocks that only a success leads to. */
  readonly success: ReadonlySet<BlockId>;
}

function branchesOn(linked: Linked, id: number, func: Func, outcomes: Outcomes): readonly Branch[] {
  return func.blocks.flatMap(({ end }, block): Branch[] => {
    const isSuccess = end.kind === 'branch' ? outcomes.get(end.test) : undefined;
    if (end.kind !== 'branch' || isSuccess === undefined) return [];
    const [good, bad] = isSuccess ? [end.then, end.else] : [end.else, end.then];
    const [onGood, onBad] = [reachable(func, good), reachable(func, bad)];
    const failed = new Set([...onBad].filter((one) => !onGood.has(one)));
    const success = new Set([...onGood].filter((one) => !onBad.has(one)));
    return [{ block, log: logOf(linked, id, func, bad, failed), success }];
  });
}

function logOf(
  linked: Linked,
  id: number,
  func: Func,
  from: BlockId,
  blocks: ReadonlySet<BlockId>,
): FailureLog {
  if (!blocks.has(from)) return 'unresolved';
  if (isPassed(func, from, blocks, (value) => writes(linked, id, value, 0))) return 'logged';
  const isOpen = [...blocks].some((block) => {
    const { code = [], end } = func.blocks[block] ?? {};
    return end?.kind === 'throw' || code.some((value) => mayWrite(linked, id, func, value));
  });
  return isOpen ? 'unresolved' : 'none';
}

/** Whether all ways through some blocks come to a call, as far as no error cuts them off. */
function isPassed(
  { code, blocks }: Func,
  from: BlockId,
  within: ReadonlySet<BlockId> | undefined,
  isIt: (value: ValueId) => boolean,
): boolean {
  const seen = new Set<BlockId>([from]);
  for (const at of seen) {
    const block = blocks[at] as Block;
    if (block.code.some(isIt)) continue;
    if (block.end.kind === 'return') return false;
    for (const next of successors(block)) {
      if (blocks[next]?.code.some((value) => code[value]?.op === 'caught')) continue;
      if (within && !within.has(next)) return false;
      seen.add(next);
    }
  }
  return true;
}

/** Whether a call certainly writes to a log: itself, or in the function that is called. */
function writes(linked: Linked, id: number, value: ValueId, depth: number): boolean {
  if (linked.program.functions[id]?.func.code[value]?.op !== 'call') return false;
  if (logCallOf(linked, { func: id, value })) return true;
  const targets = linked.targets(id, value);
  return (
    depth < maxDepth &&
    targets.length > 0 &&
    targets.every(({ func: target }) => {
      const func = linked.program.functions[target]?.func;
      return func && isPassed(func, 0, undefined, (one) => writes(linked, target, one, depth + 1));
    })
  );
}

function mayWrite(linked: Linked, id: number, { code }: Func, value: ValueId): boolean {
  const inst = code[value];
  if (inst?.op !== 'call') return false;
  const targets = linked.targets(id, value);
  return targets.length > 0
    ? targets.some((one) => logs(linked, one.func, 0) || throws(linked, one.func))
    : logCallOf(linked, { func: id, value }) !== undefined || telling.test(nameOfCallee(code[inst.callee]));
}

function throws(linked: Linked, id: number): boolean {
  return linked.program.functions[id]?.func.blocks.some(({ end }) => end.kind === 'throw') ?? true;
}

/** Whether a function, or one that it calls or holds, writes to a log. */
function logs(linked: Linked, id: number, depth: number): boolean {
  const code = linked.program.functions[id]?.func.code ?? [];
  return code.some((inst, value) => {
    if (inst.op === 'func' && depth < 2)
      return linked.functions(id, value).some((one) => one !== id && logs(linked, one, depth + 1));
    if (inst.op !== 'call') return false;
    if (logCallOf(linked, { func: id, value })) return true;
    return (
      depth < 2 &&
      linked.targets(id, value).some((one) => one.func !== id && logs(linked, one.func, depth + 1))
    );
  });
}

/** The functions that are called with the outcome of a check, and those inside that check by themselves. */
function callbacksOf(
  linked: Linked,
  id: number,
  { code }: Func,
  checks: readonly ValueId[],
  outcomes: Outcomes,
): readonly (readonly [number, Outcomes])[] {
  const found = new Map<number, Outcomes>();
  for (const [value, inst] of code.entries()) {
    if (inst.op === 'func')
      for (const one of linked.functions(id, value))
        if (!found.has(one) && passwordChecksIn(linked, one).length > 0) found.set(one, new Map());
    if (inst.op !== 'call') continue;
    const callee = code[inst.callee];
    const isThen = callee?.op === 'member' && callee.name === 'then' && outcomes.get(callee.object) === true;
    if (!isThen && !checks.includes(value)) continue;
    for (const [i, arg] of inst.args.entries())
      for (const one of isThen && i > 0 ? [] : linked.functions(id, arg)) {
        const func = linked.program.functions[one]?.func;
        // `(error, isRight) => ...`
        const index = isThen || func?.params.length === 1 ? 0 : 1;
        const isError = /^_*(e|err|error)\d*$/i.test(func?.params[index]?.name ?? '');
        const param = func?.code.findIndex((each) => each.op === 'param' && each.index === index) ?? -1;
        if (param >= 0 && !isError) found.set(one, new Map([[param, true]]));
      }
  }
  return [...found];
}

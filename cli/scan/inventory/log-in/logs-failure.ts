import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import { nameOfCallee, reachable } from '../../callgraph/query/refusal.ts';
import type { BlockId, Func, Inst, ValueId } from '../../ir/ir.ts';
import { passwordChecksIn } from '../../rules/kit/sensitive/password-check.ts';
import { logCallOf } from '../../rules/secret-logged/log-call.ts';
import { type Outcomes, outcomesOf } from './check-outcomes.ts';
import { failureReceiver } from './failure-receiver.ts';
import { raiseLogged } from './raise-logged.ts';
import { hasRefusalHook } from './refusal-hook.ts';
import { isPassed, writesLog } from './writes-log.ts';

/**
 * Whether a failed password check is logged. `none`: it is not, but a log of requests may show the failure by the status of
 * the response. `unseen`: a log of requests does not show the failure either, because the response has the same status as
 * any other. `unresolved`: unknown.
 */
export type FailureLog = 'logged' | 'none' | 'unseen' | 'unresolved';

const maxDepth = 3;
/** Names of functions that may write to a log, or notify something that does, though no model covers them. */
const telling =
  /log|audit|event|emit|record|track|report|notif|signal|alert|metric|incr|capture|dispatch|publish|enqueue|insert|create|save|fail|next|reject|abort|raise|throw|done|error|exception|unauthori|forbid|deny|limit|penal|consume|attempt/i;

/**
 * Whether a failed password check writes to a log on the branch that only failures take. A log entry before the check, or on
 * success, says nothing about failures. A receiver of Django's `user_login_failed` signal that writes to a log counts
 * too.
 */
export function logsFailure(linked: Linked, id: number): FailureLog {
  const log = ofBranches(linked, id);
  if (log === 'logged') return log;
  const receiver = failureReceiver(linked);
  if (receiver === 'logs' && asksDjango(linked, id)) return 'logged';
  return receiver === 'none' && !hasRefusalHook(linked) ? log : 'unresolved';
}

/** Whether Django alone checks here. It notifies receivers of each failure. */
function asksDjango(linked: Linked, id: number): boolean {
  const code = linked.program.functions[id]?.func.code ?? [];
  const checks = passwordChecksIn(linked, id);
  return (
    checks.length > 0 &&
    checks.every((value) => {
      const inst = code[value];
      const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
      return (
        callee?.op === 'import' &&
        callee.name === 'authenticate' &&
        callee.specifier === 'django.contrib.auth'
      );
    })
  );
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
  if (answers.every((one) => one === first)) return first;
  return answers.every((one) => one === 'none' || one === 'unseen') ? 'none' : 'unresolved';
}

/** What each branch on a check's result does on failure: in a function, and in those that receive the result. */
function decisionsOf(linked: Linked, id: number, passed: Outcomes, depth: number): readonly FailureLog[] {
  const func = linked.program.functions[id]?.func;
  if (!func || depth > maxDepth) return [];
  const checks = passwordChecksIn(linked, id);
  // A callee that checks, and logs the failure itself.
  const inside = checks.flatMap((value) =>
    linked.targets(id, value).map(({ func: target }) => decisionsOf(linked, target, new Map(), depth + 1)),
  );
  if (inside.length > 0 && inside.every((one) => one.length > 0 && combined(one) === 'logged'))
    return ['logged'];
  const outcomes = outcomesOf(func, passed, checks);
  const branches = branchesOn(linked, id, func, outcomes);
  const logged = branches.filter(({ log }) => log === 'logged');
  // After a logged failure, further conditions on the user are no failures of the check.
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
  /** Blocks that only a success reaches. */
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
  const isLogged = isPassed(
    func,
    from,
    blocks,
    (value) => writesLog(linked, id, value, 0),
    (thrown) => raiseLogged(linked, id, thrown),
  );
  if (isLogged) return 'logged';
  const isOpen = [...blocks].some((block) => {
    const { code = [], end } = func.blocks[block] ?? {};
    return end?.kind === 'throw' || code.some((value) => mayWrite(linked, id, func, value));
  });
  if (isOpen) return 'unresolved';
  const isTold = [...blocks].some((block) => tellsStatus(linked, id, func, func.blocks[block]?.code ?? []));
  return isTold ? 'none' : 'unseen';
}

const answering = /status|^(code|abort|halt|writeHead|assert)$/i;

/** Whether instructions set a response status, or call something that may. */
function tellsStatus(linked: Linked, id: number, { code }: Func, values: readonly ValueId[]): boolean {
  const isStatus = (value: ValueId): boolean => {
    const inst = code[value];
    return inst?.op === 'const' && typeof inst.value === 'number' && inst.value >= 400 && inst.value < 600;
  };
  return values.some((value) => {
    const inst = code[value] as Inst;
    // `res.sendStatus(isRight ? 204 : 401)`
    if (inst.op === 'const') return isStatus(value);
    if (inst.op === 'store') return answering.test(inst.name);
    if (inst.op === 'list') return inst.items.some(isStatus);
    if (inst.op === 'object') return inst.values.some(isStatus);
    if (inst.op !== 'call') return false;
    return (
      linked.targets(id, value).some((one) => !isTemplate(linked, one.func)) ||
      answering.test(nameOfCallee(code[inst.callee])) ||
      inst.args.some(isStatus) ||
      (inst.names ?? []).some((name) => answering.test(name ?? ''))
    );
  });
}

/** The page that `render()` fills in. */
function isTemplate({ program }: Linked, id: number): boolean {
  return languageAt(program, program.functions[id]?.module ?? -1).isTemplate;
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

/** Whether a function, or one that it calls or contains, writes to a log. */
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

/** The callbacks that receive a check's result, and the inner functions that contain checks themselves. */
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

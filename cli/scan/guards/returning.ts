import type { Target } from '../callgraph/linked.ts';
import { both, type Check, none } from '../dataflow/domain/check.ts';
import { allKinds, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import { constantKey } from '../dataflow/query/constant-key.ts';
import { isKeyOf } from '../dataflow/query/is-key-of.ts';
import { memberName } from '../dataflow/query/member-names.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { testsOfParams } from '../ir/query/own-key-test.ts';
import { validatorChecks } from '../schemas/called-validators.ts';
import { returnedSchema } from '../schemas/schema-checks.ts';
import { resolvedChecks } from './address-checks.ts';
import { withOrigins } from './checked-origins.ts';
import { ownKinds } from './key-checks.ts';
import { pathChecks } from './path-checks.ts';

/**
 * What the result of a call of a project function proves of the arguments. If the call may run several functions, only
 * what each of them proves counts.
 * @param isTrue whether the result is true
 * @param isAwaited whether the call is awaited. An async function proves nothing otherwise, as a promise is always true
 */
export function functionChecks(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  isTrue: boolean,
  isAwaited: boolean,
): readonly Check[] {
  // A promise that is not awaited is always true.
  const targets = frame.linked.targets(frame.id, value);
  if (targets.length === 0) return none;
  const isAsync = targets.some((one) => frame.linked.program.functions[one.func]?.func.async);
  if (isAsync && !isAwaited) return none;
  return fromProofs(frame, inst, targets, isTrue ? 'truthy' : 'falsy');
}

function fromProofs(
  frame: FunctionView,
  inst: Inst & Call,
  targets: readonly Target[],
  how: 'normal' | 'truthy' | 'falsy',
): readonly Check[] {
  let all: readonly Check[] | undefined;
  for (const target of targets) {
    const proofs = frame.engine.proofs(target.func)?.[how];
    if (!proofs || proofs.size === 0) {
      all = none;
      continue;
    }
    const found: Check[] = [];
    for (const [key, proven] of proofs) {
      let clean = proven;
      const [index, ...path] = key.split('.');
      const arg = argumentFor(frame, inst, target.func, Number(index), target.shift);
      if (arg === undefined) continue;
      if (asksOfSource(frame, inst, target, Number(index), arg)) clean = clean.without(ownKinds);
      if (clean === noKinds) continue;
      const inner = path.length === 0 ? arg : memberOf(frame, arg, path);
      if (inner !== undefined) found.push({ value: inner, clean });
      else if (how === 'normal' && isUntouched(frame, path))
        found.push({ value: arg, clean, field: path[0] });
    }
    // Every possible callee must prove it.
    all = all
      ? all.filter((check) =>
          found.some(
            ({ value, clean, field }) =>
              value === check.value && clean === check.clean && field === check.field,
          ),
        )
      : found;
  }
  return all ?? none;
}

/**
 * Whether a function asks whether a key is an object's own, and the key was read from that same object:
 * `for (const key in source) if (has(source, key))`. This proves nothing: a parsed object may have a key `__proto__`.
 */
function asksOfSource(
  frame: FunctionView,
  inst: Inst & Call,
  { func, shift }: Target,
  index: number,
  key: ValueId,
): boolean {
  const asked = frame.linked.program.functions[func]?.func;
  return (
    asked !== undefined &&
    testsOfParams(asked).some((test) => {
      const object = test.key === index ? argumentFor(frame, inst, func, test.object, shift) : undefined;
      return object !== undefined && isKeyOf(frame, key, object);
    })
  );
}

function argumentFor(
  frame: FunctionView,
  inst: Inst & Call,
  func: number,
  index: number,
  shift: number,
): ValueId | undefined {
  if (index === -1) {
    const callee = frame.inst(inst.callee);
    return callee.op === 'member' ? callee.object : undefined;
  }
  const name = frame.linked.program.functions[func]?.func.params[index]?.name;
  const named = inst.names?.indexOf(name ?? null) ?? -1;
  if (named >= 0 && name !== undefined) return inst.args[named];
  return inst.args[index + shift];
}

/** The first read of a member of an object in this function. Undefined if there is none, or for a longer path. */
function memberOf(frame: FunctionView, object: ValueId, path: readonly string[]): ValueId | undefined {
  const [name] = path;
  if (path.length !== 1) return undefined;
  const { valueNumbers: canonical } = frame;
  const { code } = frame.func;
  const same = canonical[object];
  // A simple loop for speed: it runs for each proof of each call.
  for (let value = 0; value < code.length; value++) {
    const inst = code[value] as Inst;
    if (inst.op !== 'member' && inst.op !== 'index') continue;
    if (canonical[inst.object] === same && nameRead(frame, inst) === name) return value;
  }
  return undefined;
}

/** Whether a path is a field that the function does not store itself. */
function isUntouched({ func }: FunctionView, path: readonly string[]): boolean {
  const [name] = path;
  return path.length === 1 && !func.code.some((inst) => inst.op === 'store' && inst.name === name);
}

/** The name that a read has. A constant key counts even if it is evaluated after the call, and has no value yet. */
function nameRead(frame: FunctionView, inst: Inst & { readonly op: 'member' | 'index' }): string | undefined {
  if (inst.op === 'member') return inst.name;
  const key = frame.inst(inst.key);
  return key.op === 'const' ? String(key.value) : memberName(frame, inst.key);
}

const casts: ReadonlySet<string> = new Set(['int', 'float', 'UUID', 'Decimal', 'ObjectId', 'BigInt']);

/**
 * What a call proves once it returns, because it would have thrown otherwise. This follows from proofs of project
 * functions, from schemas, and from names of built-in functions such as `int`.
 */
export function provenByReturning(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  callee: Inst,
  targets: readonly Target[],
): readonly Check[] {
  const own = fromProofs(frame, inst, targets, 'normal');
  const schema = returnedSchema(frame, value, inst);
  const more = both(provenByName(frame, inst, callee), validatorChecks(frame, inst, callee));
  return both(both(own, schema), more);
}

/** What a call of a built-in function proves once it returns, by the function's name. */
function provenByName(frame: FunctionView, inst: Call, callee: Inst): readonly Check[] {
  const arg = inst.args[0];
  if (arg === undefined) return none;
  const name = callee.op === 'global' || callee.op === 'import' ? callee.name : constantKey(frame, callee);
  if (name === undefined) return none;
  const resolved = resolvedChecks(frame, inst, name);
  if (resolved.length > 0) return resolved;
  if (casts.has(name)) return inst.args.length === 1 ? [{ value: arg, clean: allKinds }] : none;
  if (callee.op !== 'member') return none;
  if (name === 'relative_to') return withOrigins(frame, pathChecks.below(frame, callee.object));
  const clean = name === 'forEach' ? provenOfEach(frame, arg) : noKinds;
  return clean === noKinds ? none : [{ value: callee.object, clean }];
}

/**
 * The kinds for which each item of a list is harmless once `forEach` returns, since the callback throws otherwise. None for an
 * asynchronous callback: `forEach` does not see what it throws.
 */
function provenOfEach({ linked, engine, id }: FunctionView, callback: ValueId): Kinds {
  const all = linked.functions(id, callback).map((func) => {
    const { async, generator } = linked.program.functions[func]?.func ?? {};
    return async || generator ? noKinds : (engine.proofs(func)?.normal.get('0') ?? noKinds);
  });
  return all.length === 0 ? noKinds : all.reduce((both, one) => both.intersect(one));
}

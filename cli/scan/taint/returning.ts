import type { Call, Inst, ValueId } from '../ir/ir.ts';
import type { Check } from './check.ts';
import { constantKey } from './constant-key.ts';
import type { Frame } from './frame.ts';
import { allKinds, type Kinds, kinds, noKinds } from './kinds.ts';
import { memberName } from './member-names.ts';
import { returnedSchema } from './schema-checks.ts';

/** What a call of the project's own functions proves of its arguments, by whether it returned something true. */
export function functionChecks(
  frame: Frame,
  value: ValueId,
  inst: Inst & Call,
  isTrue: boolean,
  isAwaited: boolean,
): readonly Check[] {
  // A promise that nobody waited for is true whatever it will bring.
  const isAsync = frame.linked
    .targets(frame.id, value)
    .some((one) => frame.linked.program.functions[one.func]?.func.async);
  if (isAsync && !isAwaited) return [];
  return fromProofs(frame, value, inst, isTrue ? 'truthy' : 'falsy');
}

function fromProofs(
  frame: Frame,
  value: ValueId,
  inst: Inst & Call,
  how: 'normal' | 'truthy' | 'falsy',
): readonly Check[] {
  const targets = frame.linked.targets(frame.id, value);
  if (targets.length === 0) return [];
  let all: Check[] | undefined;
  for (const target of targets) {
    const proofs = frame.engine.proofs(target.func)?.[how];
    const found: Check[] = [];
    for (const [key, clean] of proofs ?? []) {
      const [index, ...path] = key.split('.');
      const arg = argumentFor(frame, inst, target.func, Number(index), target.shift);
      const inner = arg === undefined ? undefined : path.length === 0 ? arg : memberOf(frame, arg, path);
      if (inner !== undefined) found.push({ value: inner, clean });
    }
    // Each function that may be called has to prove it.
    all = all
      ? all.filter((check) =>
          found.some((other) => other.value === check.value && other.clean === check.clean),
        )
      : found;
  }
  return all ?? [];
}

function argumentFor(
  frame: Frame,
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

/** A read of the same member in this function. */
function memberOf(frame: Frame, object: ValueId, path: readonly string[]): ValueId | undefined {
  const [name] = path;
  const same = frame.canonical[object];
  const found = frame.func.code.findIndex(
    (inst) =>
      (inst.op === 'member' || inst.op === 'index') &&
      frame.canonical[inst.object] === same &&
      nameRead(frame, inst) === name,
  );
  return found >= 0 && path.length === 1 ? found : undefined;
}

/** The key may be written behind the call, where nothing was evaluated yet. */
function nameRead(frame: Frame, inst: Inst & { readonly op: 'member' | 'index' }): string | undefined {
  if (inst.op === 'member') return inst.name;
  const key = frame.inst(inst.key);
  return key.op === 'const' ? String(key.value) : memberName(frame, inst.key);
}

const casts: ReadonlySet<string> = new Set(['int', 'float', 'UUID', 'Decimal', 'ObjectId', 'BigInt']);

/** What is proven because a call did not throw: a cast that would, a validator that would. */
export function provenByReturning(frame: Frame, value: ValueId, inst: Inst & Call): readonly Check[] {
  const callee = frame.inst(inst.callee);
  const [arg] = inst.args;
  const name = callee.op === 'global' || callee.op === 'import' ? callee.name : constantKey(frame, callee);
  const found: Check[] = [...fromProofs(frame, value, inst, 'normal'), ...returnedSchema(frame, value, inst)];
  if (name !== undefined && casts.has(name) && arg !== undefined && inst.args.length === 1)
    found.push({ value: arg, clean: allKinds });
  if (name === 'relative_to' && callee.op === 'member' && arg !== undefined)
    found.push({ value: callee.object, clean: pathKinds });
  if (name === 'forEach' && callee.op === 'member' && arg !== undefined) {
    const clean = provenOfEach(frame, arg);
    if (clean !== noKinds) found.push({ value: callee.object, clean });
  }
  return found;
}

/** What a callback proves of each item that it does not throw for. Nobody hears of what an asynchronous one throws. */
function provenOfEach({ linked, engine, id }: Frame, callback: ValueId): Kinds {
  const all = linked.functions(id, callback).map((func) => {
    const { async, generator } = linked.program.functions[func]?.func ?? {};
    return async || generator ? noKinds : (engine.proofs(func)?.normal.get('0') ?? noKinds);
  });
  return all.length === 0 ? noKinds : all.reduce((both, one) => both & one);
}

const pathKinds: Kinds = kinds('path', 'upload');

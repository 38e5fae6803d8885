import type { Linked } from '../../callgraph/linked.ts';
import { classMates } from '../../callgraph/query/field-stores.ts';
import { cellStores, instOf, type Place } from '../../callgraph/query/made-by.ts';
import { behindOf } from '../../dataflow/query/trace-value.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { usersOf } from '../../ir/query/users.ts';

/** Bounds how many values are followed for one session, and how many edges from each. */
const maxSteps = 60;
const maxWays = 8;

/**
 * Whether all requests of a session have a timeout. Any of these may set it: a function that replaces the session's
 * `request` or `send`, an override of these methods in the session's class, or an adapter that is mounted on the session.
 */
export function isLimited(linked: Linked, session: Place): boolean {
  const seen = new Set<string>();
  const open: Place[] = [session];
  for (let place = open.pop(); place && seen.size < maxSteps; place = open.pop()) {
    const key = `${place.func} ${place.value}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (isLimitedAt(linked, place)) return true;
    open.push(...behind(linked, place).slice(0, maxWays));
  }
  return false;
}

/** Whether this step in the creation of a session sets the timeout. */
function isLimitedAt(linked: Linked, place: Place): boolean {
  const inst = instOf(linked, place);
  const at = (value: ValueId): Place => ({ func: place.func, value });
  if (inst?.op === 'store' && /^(request|send)$/.test(inst.name)) return setsLimit(linked, at(inst.value));
  if (inst?.op === 'effect') {
    const call = instOf(linked, at(inst.call));
    const callee = call?.op === 'call' ? instOf(linked, at(call.callee)) : undefined;
    const adapter = call?.op === 'call' ? call.args[1] : undefined;
    return callee?.op === 'member' && callee.name === 'mount' && adapter !== undefined
      ? setsLimit(linked, at(adapter))
      : false;
  }
  return linked
    .instances(place.func, place.value)
    .slice(0, maxWays)
    .some((owner) => hasLimit(linked, owner));
}

/** Whether a value is a function or an adapter that mentions a timeout, or a call that creates one. */
function setsLimit(linked: Linked, place: Place): boolean {
  const inst = instOf(linked, place);
  if (inst?.op === 'call') {
    if (inst.names?.includes('timeout')) return true;
    const callee = instOf(linked, { func: place.func, value: inst.callee });
    if (callee?.op === 'import' && /timeout/i.test(callee.name)) return true;
  }
  return (
    linked
      .functions(place.func, place.value)
      .slice(0, maxWays)
      .some((func) => namesLimit(linked, func)) ||
    linked
      .instances(place.func, place.value)
      .slice(0, maxWays)
      .some((owner) => hasLimit(linked, owner))
  );
}

/** Whether a class overrides `request` or `send` with a method that sets the timeout. */
function hasLimit(linked: Linked, owner: number): boolean {
  return ['request', 'send'].some((name) => {
    const method = linked.methodOf(owner, name);
    return method !== undefined && namesLimit(linked, method);
  });
}

/** Whether a function mentions `timeout`, as an argument or as a constant. */
function namesLimit(linked: Linked, func: number): boolean {
  return namesTimeout(linked.program.functions[func]?.func.code ?? []);
}

const namesTimeout = memoized((code: readonly Inst[]) =>
  code.some(
    (inst) =>
      (inst.op === 'const' && inst.value === 'timeout') ||
      (inst.op === 'call' && inst.names?.includes('timeout') === true),
  ),
);

/** Where a value may come from: variables, fields of the same class, and functions that return it. */
function behind(linked: Linked, place: Place): readonly Place[] {
  const { func, value } = place;
  const inst = instOf(linked, place);
  const { program } = linked;
  const module = program.functions[func]?.module ?? 0;
  switch (inst?.op) {
    case 'phi':
      return inst.inputs.map((input) => ({ func, value: input }));
    case 'cell-load':
      return cellStores(linked).get((program.firstCell[module] ?? 0) + inst.cell) ?? [];
    case 'import':
      return cellStores(linked).get(linked.cellOfImport(module, inst.specifier, inst.name) ?? -1) ?? [];
    case 'member':
      return instOf(linked, { func, value: inst.object })?.op === 'this'
        ? fieldValues(linked, func, inst.name)
        : [];
    case 'call':
      return linked
        .targets(func, value)
        .slice(0, maxWays)
        .flatMap((target) => {
          const called = target.makes < 0 ? program.functions[target.func]?.func : undefined;
          return called
            ? [...usersOf(called).returned].map((one) => ({ func: target.func, value: one }))
            : [];
        });
    default: {
      const before = inst && behindOf(inst);
      return before === undefined ? [] : [{ func, value: before }];
    }
  }
}

/** The values that methods of the same class store in a field, including the field's object after calls on it. */
function fieldValues(linked: Linked, func: number, name: string): readonly Place[] {
  const known = knownFields(linked);
  const info = linked.program.functions[func];
  const key = `${info?.module} ${info?.func.class} ${name}`;
  let found = known.get(key);
  if (!found) {
    found = classMates(linked, func).flatMap((mate) =>
      (linked.program.functions[mate]?.func.code ?? []).flatMap((inst) =>
        inst.op === 'store' && inst.name === name ? [{ func: mate, value: inst.value }] : [],
      ),
    );
    known.set(key, found);
  }
  return found;
}

/** The results of `fieldValues`, which are the same for all methods of a class. */
const knownFields = memoized((_: Linked) => new Map<string, readonly Place[]>());

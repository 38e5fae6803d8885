import type { Inst } from '../ir/ir.ts';
import { type Abstract, deepTaints, unknown, withTaints } from './abstract.ts';
import { element, load, store } from './entries.ts';
import type { Frame } from './frame.ts';
import { join } from './join.ts';
import { append, joinTaints, noTaints, type Origin, step, type Taint } from './taint.ts';

/** What the names that a summary uses stand for at one call. */
export interface Resolver {
  readonly frame: Frame;
  readonly inst: Inst;
  readonly name: string;
  readonly args: readonly Abstract[];
  readonly receiver: Abstract;
  readonly results: ReadonlyMap<number, Abstract>;
  /** What origins of the callee are, once they were looked up. */
  readonly known: Map<Origin, Abstract>;
}

/** What an origin of the callee is, seen from the caller. */
export function resolve(resolver: Resolver, origin: Origin): Abstract {
  const before = resolver.known.get(origin);
  if (before) return before;
  const found = lookUp(resolver, origin);
  // What a callback returned is known only later.
  if (origin.kind !== 'result') resolver.known.set(origin, found);
  return found;
}

function lookUp(resolver: Resolver, origin: Origin): Abstract {
  const { frame, args, receiver, results } = resolver;
  if (origin.kind === 'source') return unknown;
  let it: Abstract | undefined;
  if (origin.kind === 'param') it = origin.index === -1 ? receiver : args[origin.index];
  else if (origin.kind === 'result') it = results.get(origin.call);
  else it = frame.engine.variables.cellValue(frame, origin.cell);
  for (const name of origin.path) {
    if (!it) break;
    it = name === '*' ? element(frame.engine.origins, it) : load(frame.engine.origins, it, name);
  }
  return it ?? unknown;
}

const symbols = new WeakMap<Abstract, boolean>();

/** Whether there is anything in a value of the callee that the caller's takes the place of. */
function holdsSymbols(it: Abstract): boolean {
  if (it.taints.some((taint) => taint.origin.kind !== 'source')) return true;
  if (!it.fields && !it.rest) return false;
  const known = symbols.get(it);
  if (known !== undefined) return known;
  let found = it.rest !== undefined && holdsSymbols(it.rest);
  for (const field of it.fields?.values() ?? []) found ||= holdsSymbols(field);
  symbols.set(it, found);
  return found;
}

/** A value of the callee, with the caller's in the place of the parameters. */
export function substitute(resolver: Resolver, it: Abstract): Abstract {
  if (!it.fields && !it.rest ? it.taints.length === 0 : !holdsSymbols(it)) return it;
  let base: Abstract | undefined;
  let taints: readonly Taint[] = noTaints;
  for (const taint of it.taints) {
    if (taint.origin.kind === 'source') {
      taints = joinTaints(taints, [
        {
          ...taint,
          trace: step(resolver.frame.id, resolver.inst, `is returned by ${resolver.name}`, taint.trace),
        },
      ]);
      continue;
    }
    const whole = resolve(resolver, taint.origin);
    if (taint.exact) {
      const passed = marked(whole, taint);
      base = base ? join(base, passed) : passed;
    } else {
      taints = joinTaints(
        taints,
        deepTaints(whole).map((one) => ({
          ...one,
          exact: false,
          clean: one.clean | taint.clean,
          weak: one.weak || taint.weak,
          trace: append(
            step(resolver.frame.id, resolver.inst, `goes through ${resolver.name}`, one.trace),
            taint.trace,
          ),
        })),
      );
    }
  }
  const onlySymbol = base !== undefined && !it.consts && !it.fields && !it.rest && it.shape === 'unknown';
  let made = onlySymbol ? (base as Abstract) : overlay(resolver, it, base);
  if (taints !== noTaints) made = withTaints({ ...made, consts: undefined }, joinTaints(made.taints, taints));
  return made;
}

function marked(whole: Abstract, taint: Taint): Abstract {
  if (taint.clean === 0 && !taint.weak) return whole;
  return withTaints(
    whole,
    whole.taints.map((one) => ({ ...one, clean: one.clean | taint.clean, weak: one.weak || taint.weak })),
  );
}

/** What the callee stored in the object, over what the object held before. */
function overlay(resolver: Resolver, it: Abstract, base: Abstract | undefined): Abstract {
  const fields =
    it.fields && [...it.fields].map(([name, field]) => [name, substitute(resolver, field)] as const);
  const rest = it.rest && substitute(resolver, it.rest);
  if (!base) return { ...it, taints: noTaints, fields: fields && new Map(fields), rest };
  let made = base;
  for (const [name, field] of fields ?? []) made = store(made, name, field);
  if (rest) made = { ...made, rest: made.rest ? join(made.rest, rest) : rest };
  return it.shape !== 'unknown' && made.shape === 'unknown' ? { ...made, shape: it.shape } : made;
}

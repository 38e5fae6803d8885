import { memoized } from '../../ir/memoized.ts';
import {
  type Abstract,
  abstract,
  deepTaints,
  holdsSource,
  unknown,
  withoutConsts,
  withTaints,
} from '../domain/abstract.ts';
import { along, storeAll } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import { noKinds } from '../domain/kinds.ts';
import {
  addTaint,
  joinTaints,
  noTaints,
  type Origin,
  opaqueTaints,
  step,
  type Taint,
} from '../domain/taint.ts';
import { type CallSite, nameAt } from '../view/call-site.ts';

/** The caller's value that a symbolic origin of the callee stands for. The unknown value if the origin is a source. */
export function resolve(site: CallSite, origin: Origin): Abstract {
  const before = site.known?.get(origin);
  if (before) return before;
  const found = lookUp(site, origin);
  // The result of a callback becomes known later.
  if (origin.kind !== 'result') {
    site.known ??= new Map();
    site.known.set(origin, found);
  }
  return found;
}

function lookUp(site: CallSite, origin: Origin): Abstract {
  const { engine, caller, args, receiver, results } = site;
  if (origin.kind === 'source') return unknown;
  let it: Abstract | undefined;
  if (origin.kind === 'param') it = origin.index === -1 ? receiver : args[origin.index];
  else if (origin.kind === 'result') it = results.get(origin.call);
  else {
    const isClosed = site.closure !== undefined && engine.cells.owner(origin.cell) === site.closure.id;
    it = engine.variables.cellValue(isClosed ? site.closure : caller, origin.cell);
  }
  return it ? along(it, origin.path) : unknown;
}

/** Whether a value of the callee holds symbolic taints, which the caller replaces by its own values. */
function holdsSymbols(it: Abstract): boolean {
  if (it.taints.some((taint) => taint.origin.kind !== 'source')) return true;
  return (it.fields !== undefined || it.rest !== undefined) && fieldsHoldSymbols(it);
}

const fieldsHoldSymbols: (it: Abstract) => boolean = memoized(({ fields, rest }) => {
  if (rest && holdsSymbols(rest)) return true;
  for (const field of fields?.values() ?? []) if (holdsSymbols(field)) return true;
  return false;
});

/** Whether a value of the callee is or holds untrusted data once the caller's values are substituted. */
export function maySubstituteSource(site: CallSite, it: Abstract): boolean {
  return deepTaints(it).some(({ origin }) => origin.kind === 'source' || holdsSource(resolve(site, origin)));
}

/**
 * The callee's value for a caller that passes no untrusted data. If a value with fields holds no source and no captured
 * variable, all taints in it become the one taint `opaque`. This is faster than `substitute`, which is used otherwise.
 */
export function withoutSymbols(site: CallSite, it: Abstract): Abstract {
  if (!it.fields && !it.rest) return substitute(site, it);
  return stripped(it) ?? substitute(site, it);
}

/** The value with opaque taints. Undefined if it holds a source or a captured variable, which depend on the call. */
const stripped: (it: Abstract) => Abstract | undefined = memoized((it) =>
  holdsSource(it) || holdsCaptured(it) ? undefined : strip(it),
);

/** Whether a value holds a captured variable. */
function holdsCaptured(it: Abstract): boolean {
  for (const { origin } of it.taints) if (origin.kind === 'cell') return true;
  if (it.rest && holdsCaptured(it.rest)) return true;
  for (const field of it.fields?.values() ?? []) if (holdsCaptured(field)) return true;
  return false;
}

function strip(it: Abstract): Abstract {
  if (!holdsSymbols(it)) return it;
  const fields = it.fields && new Map([...it.fields].map(([name, field]) => [name, strip(field)]));
  const { consts, shape, length, textTemplate: skeleton } = it;
  const taints = it.taints.length > 0 ? opaqueTaints : noTaints;
  return abstract(consts, taints, fields, it.rest && strip(it.rest), shape, length, skeleton);
}

/** The callee's value, with the caller's values in place of parameters, captured variables and results of callbacks. */
export function substitute(site: CallSite, it: Abstract): Abstract {
  if (!it.fields && !it.rest ? it.taints.length === 0 : !holdsSymbols(it)) return it;
  site.engine.substituted += 1 + it.taints.length;
  let base: Abstract | undefined;
  const taints: Taint[] = [];
  for (const taint of it.taints) {
    if (taint.origin.kind === 'source') {
      addTaint(taints, taint, () => ({
        ...taint,
        trace: step(site.caller.id, site.span, `is returned by ${nameAt(site)}`, taint.trace),
      }));
      continue;
    }
    const whole = resolve(site, taint.origin);
    if (taint.exact) {
      const passed = marked(whole, taint);
      base = base ? join(base, passed) : passed;
      continue;
    }
    const all = deepTaints(whole);
    site.engine.substituted += all.length;
    for (const one of all) {
      const clean = one.clean.union(taint.clean);
      const weak = one.weak || taint.weak;
      addTaint(taints, { origin: one.origin, exact: false, clean, weak }, () => {
        const trace = step(site.caller.id, site.span, `goes through ${nameAt(site)}`, one.trace, taint.trace);
        return { origin: one.origin, exact: false, clean, weak, trace };
      });
    }
  }
  const onlySymbol = base !== undefined && !it.consts && !it.fields && !it.rest && it.shape === 'unknown';
  let made = onlySymbol ? (base as Abstract) : overlay(site, it, base);
  if (taints.length > 0) made = withTaints(withoutConsts(made), joinTaints(made.taints, taints));
  return made;
}

function marked(whole: Abstract, taint: Taint): Abstract {
  if (taint.clean === noKinds && !taint.weak) return whole;
  return withTaints(
    whole,
    whole.taints.map((one) => ({
      ...one,
      clean: one.clean.union(taint.clean),
      weak: one.weak || taint.weak,
    })),
  );
}

function substituteAll(site: CallSite, fields: ReadonlyMap<string, Abstract>): ReadonlyMap<string, Abstract> {
  const all = new Map<string, Abstract>();
  for (const [name, field] of fields) all.set(name, substitute(site, field));
  return all;
}

/** The object `base` with the fields that the callee has stored in it. */
function overlay(site: CallSite, it: Abstract, base: Abstract | undefined): Abstract {
  const fields = it.fields && substituteAll(site, it.fields);
  const rest = it.rest && substitute(site, it.rest);
  if (!base) return abstract(it.consts, noTaints, fields, rest, it.shape, it.length, it.textTemplate);
  let made = base;
  if (fields) made = storeAll(made, fields);
  // Elements stored at unknown places leave the length unknown.
  if (rest) made = { ...made, rest: made.rest ? join(made.rest, rest) : rest, length: undefined };
  return it.shape !== 'unknown' && made.shape === 'unknown' ? { ...made, shape: it.shape } : made;
}

import type { Call, Func, Inst } from '../../ir/ir.ts';
import type { Linked } from '../../link/linked.ts';
import { hasImport } from '../../rule/imports-of.ts';
import { instOf, madeBy, type Place } from '../../rule/made-by.ts';

const packages =
  /rate-?_?limit|limiter|throttl|brute|slow-?down|^slowapi|^(axes|defender)(\.|$)|^bottleneck$/i;
const names = /limit|throttl|brute|slow|attempts|lockout|captcha/i;
/** What a handler that counts by itself speaks of; `limit` is what it asks a database for. */
const counting = /rate_?limit|limiter|throttl|brute|attempts|lockout|captcha/i;

/** How a program limits: nowhere, all of its routes, or single ones. */
export type Limits = 'none' | 'all' | 'some';

const known = new WeakMap<Linked, Limits>();

export function limitsOf(linked: Linked): Limits {
  let found = known.get(linked);
  if (!found) {
    found = hasImport(linked, packages) ? whereLimited(linked) : 'none';
    known.set(linked, found);
  }
  return found;
}

/** Where a limiter stands at single routes and nowhere before all of them, those without it have none. */
function whereLimited(linked: Linked): Limits {
  let isSome = false;
  for (const { id, func } of linked.program.functions) {
    for (const inst of func.code) {
      if (inst.op !== 'call') continue;
      const name = nameOf(func.code[inst.callee]);
      const isGiven = inst.args.some((value) => isLimiter(linked, { func: id, value }));
      if (
        inst.names?.some((one) => one === 'default_limits' || one === 'application_limits') ||
        (isGiven && /^(use|register|apply|add_middleware|useGlobalGuards|forRoot|UseGuards)$/.test(name))
      )
        return 'all';
      isSome ||= (isGiven && verbs.test(name)) || isLimitingDecorator(func, inst);
    }
  }
  return isSome ? 'some' : 'all';
}

const verbs = /^(get|post|put|patch|delete|all|route)$/;

/** Whether a value is a limiter: by its name, or as one of these packages has made it. */
export function isLimiter(linked: Linked, place: Place): boolean {
  const made = madeBy(linked, unchanged(linked, place));
  const inst = instOf(linked, made);
  const named = inst?.op === 'call' ? instOf(linked, { func: made.func, value: inst.callee }) : inst;
  if (named?.op === 'import') return packages.test(named.specifier) || names.test(named.name);
  if (named?.op === 'member') {
    const object = instOf(linked, { func: made.func, value: named.object });
    if (object?.op === 'import' && packages.test(object.specifier)) return true;
  }
  return names.test(nameOf(named)) || names.test(variableOf(linked, place));
}

/** A limiter that was handed to a route is the same afterwards. */
function unchanged(linked: Linked, { func, value }: Place): Place {
  let at = value;
  for (
    let inst = instOf(linked, { func, value: at });
    inst?.op === 'effect';
    inst = instOf(linked, { func, value: at })
  )
    at = inst.value;
  return { func, value: at };
}

/** `@limiter.limit("5/minute")`, `@ratelimit(key="ip")` */
export function isLimitingDecorator({ code }: Func, inst: Call): boolean {
  if (!inst.isDecorator) return false;
  const made = code[inst.callee];
  return names.test(nameOf(made?.op === 'call' ? code[made.callee] : made));
}

/** Whether a function, by its name or what it uses, counts attempts itself. */
export function isLimiting(func: Func | undefined): boolean {
  return (
    func !== undefined &&
    (names.test(func.name) ||
      func.code.some((inst) => (inst.op === 'member' || inst.op === 'global') && counting.test(inst.name)))
  );
}

function variableOf(linked: Linked, { func, value }: Place): string {
  const inst = instOf(linked, { func, value });
  const module = linked.program.functions[func]?.module ?? 0;
  return inst?.op === 'cell-load' ? (linked.program.modules[module]?.cells[inst.cell]?.name ?? '') : '';
}

function nameOf(inst: Inst | undefined): string {
  return inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import' ? inst.name : '';
}

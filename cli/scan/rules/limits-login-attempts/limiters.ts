import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { hasImport } from '../kit/value/imports-of.ts';
import { isLimitingDecorator } from './decorated.ts';
import { isLimiterName, limiterNames } from './limiter-names.ts';

const packages =
  /rate-?_?limit|limiter|throttl|brute|slow-?down|^slowapi|^(axes|defender)(\.|$)|^bottleneck$/i;
/** Names in a handler that counts attempts itself. `limit` isn't one, since it is also an option of database queries. */
const counting = /rate_?limit|limiter|throttl|brute|attempts|lockout|captcha/i;

/** Which routes of a program have a rate limit: none, all or some. */
export type Limits = 'none' | 'all' | 'some';

export const limitsOf: (linked: Linked) => Limits = memoized((linked) =>
  isInSettings(linked) ? 'all' : (whereLimited(linked) ?? (hasImport(linked, packages) ? 'all' : 'none')),
);

/** Whether settings alone set a limit: Django's `INSTALLED_APPS = ['axes']`, and the rates of its REST framework. */
function isInSettings(linked: Linked): boolean {
  const isFor = (text: unknown): boolean =>
    typeof text === 'string' && /^(axes|defender|DEFAULT_THROTTLE_(CLASSES|RATES))(\.|$)/.test(text);
  let isFound = false;
  linked.program.instructions.each('const', ({ value }) => {
    isFound ||= isFor(value);
  });
  linked.program.instructions.each('object', ({ keys }) => {
    isFound ||= keys.some(isFor);
  });
  return isFound;
}

/** Where limiters are used. If they are only on single routes, the other routes have none. */
function whereLimited(linked: Linked): Limits | undefined {
  let isSome = false;
  for (const { id, func } of linked.program.functions) {
    for (const inst of func.code) {
      if (inst.op !== 'call') continue;
      const name = nameOfCallee(func.code[inst.callee]);
      const isForAll = forAll.test(name);
      const isGiven =
        (isForAll || verbs.test(name)) && inst.args.some((value) => isLimiter(linked, { func: id, value }));
      if (
        inst.names?.some((one) => one === 'default_limits' || one === 'application_limits') ||
        (isGiven && isForAll)
      )
        return 'all';
      isSome ||= isGiven || isLimitingDecorator(func, inst);
    }
    isSome ||= func.code.some((inst) => inst.op === 'class' && inst.names.includes('throttle_classes'));
  }
  return isSome ? 'some' : undefined;
}

const forAll = /^(use|register|apply|add_middleware|useGlobalGuards|forRoot|UseGuards)$/;
const verbs = /^(get|post|put|patch|delete|all|route)$/;

/** Whether a value is a limiter, judging by its name or by the package that created it. */
export function isLimiter(linked: Linked, place: Place): boolean {
  const made = madeBy(linked, unchanged(linked, place));
  const inst = instOf(linked, made);
  const named = inst?.op === 'call' ? instOf(linked, { func: made.func, value: inst.callee }) : inst;
  if (named?.op === 'import') return packages.test(named.specifier) || limiterNames.test(named.name);
  if (named?.op === 'member') {
    const object = instOf(linked, { func: made.func, value: named.object });
    if (object?.op === 'import' && packages.test(object.specifier)) return true;
  }
  return limiterNames.test(nameOfCallee(named)) || limiterNames.test(variableOf(linked, place));
}

/** The value before calls that received it: registering a route doesn't change a limiter. */
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

/** Whether a function limits or counts attempts itself, judging by its own name and by the names that it uses. */
export function isLimiting(func: Func | undefined): boolean {
  return (
    func !== undefined &&
    (limiterNames.test(func.name) || func.code.some((inst) => counting.test(nameOfCallee(inst))))
  );
}

/** Whether a view's class limits all of its methods: `decorators = [limiter.limit('5/minute')]`, `throttle_classes = [...]`. */
export function isLimitedClass({ program }: Linked, id: number): boolean {
  const owner = program.classes[id];
  let isFound = false;
  program.instructions.each('class', (inst, { module, func }) => {
    if (module !== owner?.module || program.classes[(program.firstClass[module] ?? 0) + inst.class] !== owner)
      return;
    isFound ||= inst.names.some(
      (name, i) => limiterNames.test(name) || isListOfLimits(func, inst.values[i] ?? -1),
    );
  });
  return isFound;
}

function isListOfLimits({ code }: Func, value: ValueId): boolean {
  const list = code[value];
  if (list?.op !== 'list') return false;
  return list.items.some((item) => {
    const inst = code[item];
    return isLimiterName(inst?.op === 'call' ? code[inst.callee] : inst);
  });
}

function variableOf(linked: Linked, { func, value }: Place): string {
  const inst = instOf(linked, { func, value });
  const module = linked.program.functions[func]?.module ?? 0;
  return inst?.op === 'cell-load' ? (linked.program.modules[module]?.cells[inst.cell]?.name ?? '') : '';
}

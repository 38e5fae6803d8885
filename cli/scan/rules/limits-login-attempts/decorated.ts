import type { Linked } from '../../callgraph/linked.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Call, Func } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isLimiterName } from './limiter-names.ts';

/** The functions and classes with a decorator that limits requests, or that requires a log-in. */
export interface Limited {
  readonly functions: ReadonlySet<number>;
  readonly classes: ReadonlySet<number>;
}

/**
 * Finds all functions and classes with a decorator that limits requests or requires a log-in. The search covers the whole
 * program, since a route is often registered in another file than the decorated view.
 */
export const limitedIn: (linked: Linked) => Limited = memoized((linked) => {
  const functions = new Set<number>();
  const classes = new Set<number>();
  linked.program.instructions.each('call', (inst, { id, func }) => {
    if (!isLimitingDecorator(func, inst) && !isForMembers(func, inst)) return;
    for (const arg of inst.args) {
      for (const one of linked.functions(id, arg)) functions.add(one);
      for (const one of linked.classes(id, arg)) classes.add(one);
    }
  });
  return { functions, classes };
});

/** `@login_required`: the user is already logged in. */
function isForMembers({ code }: Func, inst: Call): boolean {
  return inst.isDecorator === true && nameOfCallee(code[inst.callee]) === 'login_required';
}

/**
 * Whether a call applies a decorator that limits requests, judging by its name: `@limiter.limit("5/minute")`,
 * `@ratelimit(key="ip")`, `@method_decorator(ratelimit(key="ip"), name="post")`.
 */
export function isLimitingDecorator({ code }: Func, inst: Call): boolean {
  if (!inst.isDecorator) return false;
  const made = code[inst.callee];
  if (made?.op !== 'call') return isLimiterName(made);
  return [made.callee, ...made.args].some((value) => {
    const part = code[value];
    return isLimiterName(part?.op === 'call' ? code[part.callee] : part);
  });
}

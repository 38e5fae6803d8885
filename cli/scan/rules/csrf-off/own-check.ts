import type { Linked } from '../../callgraph/linked.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { operandsOf } from '../../ir/operands.ts';

/** The maximum number of steps to trace a compared value back. */
const maxSteps = 40;

/**
 * Whether the code of a view itself compares a CSRF token from a cookie with another value: `request.COOKIES.get('csrf') !=
 * body`.
 */
export function comparesToken(code: readonly Inst[]): boolean {
  const hasToken = code.some(
    (inst) => inst.op === 'const' && typeof inst.value === 'string' && token.test(inst.value),
  );
  return (
    hasToken &&
    code.some(
      (inst) =>
        inst.op === 'binary' && (inst.operator === '==' || inst.operator === '!=') && isOfCookie(code, inst),
    )
  );
}

/** Whether one side of a comparison was read from a cookie of that name. */
function isOfCookie(code: readonly Inst[], comparison: Inst): boolean {
  const open = [...operandsOf(comparison)];
  const seen = new Set<ValueId>();
  let isCookie = false;
  let isToken = false;
  for (let at = open.pop(); at !== undefined && seen.size < maxSteps; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const inst = code[at] as Inst;
    if (inst.op === 'member') isCookie ||= /^cookies$/i.test(inst.name);
    else if (inst.op === 'const') isToken ||= typeof inst.value === 'string' && token.test(inst.value);
    // Calls that received the value say nothing about it.
    open.push(...(inst.op === 'effect' ? [inst.value] : operandsOf(inst).slice(0, maxSteps)));
  }
  return isCookie && isToken;
}

const token = /csrf|xsrf/i;

/**
 * Whether a function is the `as_view` method of a framework that is built on Django and runs Django's CSRF check itself,
 * such as Django REST framework. Its `as_view` exempts a view from the usual check. The framework runs the check later,
 * once it knows how the user is authenticated.
 */
export function isCheckedLater({ func, linked }: FunctionView): boolean {
  return func.name === 'as_view' && func.class >= 0 && runsMiddleware(linked);
}

const runsMiddleware = memoized(
  ({ program: { instructions } }: Linked) =>
    instructions.some('import', ({ name }) => name === 'CsrfViewMiddleware') &&
    instructions.some('member', ({ name }) => name === 'process_view'),
);

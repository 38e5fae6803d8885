import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import type { Use } from '../kit/use.ts';
import { namesOf } from '../kit/value/names-of.ts';

/** View decorators that require a key, a token or a signature of the client, or that need no log-in. */
const machine = /(?:^|_)(?:api_?key|key|token|bearer|hmac|signature|signed|webhook)(?:_|$)/i;
const withoutLogin = 'login_not_required';
/** Decorators that use a token otherwise: `requires_csrf_token`, `sensitive_post_parameters("token")`. */
const other = /csrf|^sensitive_/i;

/** The maximum number of stacked decorators. */
const maxDecorators = 12;

/**
 * Whether a view that is exempt from the CSRF check has clients other than logged-in browsers. Another decorator of the
 * view must show this, such as `require_api_key` or `login_not_required`.
 */
export function isForMachines(use: Use, call: Call): boolean {
  const { linked, id } = use.frame;
  return decoratorsAround(use, call).some((decorator) => {
    const own = linked
      .functions(id, decorator)
      .map((func) => linked.program.functions[func]?.func.name ?? '');
    const names = [...namesOf(linked, { func: id, value: decorator }), ...own];
    if (names.includes(withoutLogin)) return true;
    return names.some((name) => machine.test(name)) && !names.some((name) => other.test(name));
  });
}

/** The other decorators of the same function, below and above this one. */
function decoratorsAround({ frame, value }: Use, call: Call): readonly ValueId[] {
  const users = usersOf(frame.func).of;
  // `@method_decorator(csrf_exempt)` is a call that returns the decorator.
  const applied = call.isDecorator
    ? value
    : users[value]?.find((user) => isDecoratorOf(frame.inst(user), value));
  if (applied === undefined) return [];
  const found: ValueId[] = [];
  let inst: Inst = frame.inst(applied);
  for (let depth = 0; depth < maxDecorators && inst.op === 'call' && inst.isDecorator; depth++) {
    if (depth > 0) found.push(inst.callee);
    inst = frame.inst(inst.args[0] ?? -1);
  }
  let top: ValueId | undefined = applied;
  for (let depth = 0; depth < maxDecorators && top !== undefined; depth++) {
    const below: ValueId = top;
    top = users[below]?.find((user) => {
      const above = frame.inst(user);
      return above.op === 'call' && above.isDecorator && above.args[0] === below;
    });
    const above = top === undefined ? undefined : frame.inst(top);
    if (above?.op === 'call') found.push(above.callee);
  }
  return found;
}

function isDecoratorOf(inst: Inst, callee: ValueId): boolean {
  return inst.op === 'call' && inst.isDecorator === true && inst.callee === callee;
}

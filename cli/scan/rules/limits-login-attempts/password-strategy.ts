import type { Inst } from '../../ir/ir.ts';
import type { Linked } from '../../link/linked.ts';
import { instOf, madeBy, type Place } from '../../rule/made-by.ts';
import type { Frame } from '../../taint/frame.ts';

/** Strategies of Passport that check a password. */
const strategies = /^(?:local|ldap|ldapauth|basic)(?:-\w+)?$/;

/** `passport.authenticate('local')` in front of a route's handler. */
export function isPasswordStrategy(linked: Linked, place: Place): boolean {
  return isMadeWith(linked, place, 'authenticate');
}

/** A handler that Nest's `@UseGuards(AuthGuard('local'))` stands at, or `LocalAuthGuard`, as its documentation calls it. */
export function isGuarded({ func, id, linked }: Frame, handlers: readonly number[]): boolean {
  return func.code.some((inst) => {
    const made = inst.op === 'call' && inst.isDecorator ? func.code[inst.callee] : undefined;
    if (inst.op !== 'call' || made?.op !== 'call' || nameOf(func.code[made.callee]) !== 'UseGuards')
      return false;
    if (!inst.args.some((arg) => linked.functions(id, arg).some((one) => handlers.includes(one))))
      return false;
    return made.args.some(
      (guard) =>
        isMadeWith(linked, { func: id, value: guard }, 'AuthGuard') ||
        /^Local(?:Auth)?Guard$/.test(nameOf(func.code[guard])),
    );
  });
}

function isMadeWith(linked: Linked, place: Place, method: string): boolean {
  const made = madeBy(linked, place);
  const call = instOf(linked, made);
  if (call?.op !== 'call') return false;
  const callee = instOf(linked, { func: made.func, value: call.callee });
  const name = instOf(linked, { func: made.func, value: call.args[0] ?? -1 });
  return (
    nameOf(callee) === method &&
    name?.op === 'const' &&
    typeof name.value === 'string' &&
    strategies.test(name.value)
  );
}

function nameOf(inst: Inst | undefined): string {
  return inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import' ? inst.name : '';
}

import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import { memoized } from '../../ir/memoized.ts';

/** Strategies of Passport that check a password. */
const strategies = /^(?:local|ldap|ldapauth|basic)(?:-\w+)?$/;

/** Whether a value is a Passport middleware that checks a password, such as `passport.authenticate('local')`. */
export function isPasswordStrategy(linked: Linked, place: Place): boolean {
  return isMadeWith(linked, place, 'authenticate');
}

/**
 * Returns the Nest handlers that run only after a guard has checked a password: those with
 * `@UseGuards(AuthGuard('local'))`, or with a guard class called `LocalAuthGuard`, as in Nest's documentation.
 */
export const guardedIn: (linked: Linked) => ReadonlySet<number> = memoized((linked) => {
  const found = new Set<number>();
  linked.program.instructions.each('call', (inst, { id, func }) => {
    const made = inst.isDecorator ? func.code[inst.callee] : undefined;
    if (made?.op !== 'call' || nameOfCallee(func.code[made.callee]) !== 'UseGuards') return;
    const isForPassword = made.args.some(
      (guard) =>
        isMadeWith(linked, { func: id, value: guard }, 'AuthGuard') ||
        /^Local(?:Auth)?Guard$/.test(nameOfCallee(func.code[guard])),
    );
    if (!isForPassword) return;
    for (const arg of inst.args) for (const one of linked.functions(id, arg)) found.add(one);
  });
  return found;
});

function isMadeWith(linked: Linked, place: Place, method: string): boolean {
  const made = madeBy(linked, place);
  const call = instOf(linked, made);
  if (call?.op !== 'call') return false;
  const callee = instOf(linked, { func: made.func, value: call.callee });
  const name = instOf(linked, { func: made.func, value: call.args[0] ?? -1 });
  return (
    nameOfCallee(callee) === method &&
    name?.op === 'const' &&
    typeof name.value === 'string' &&
    strategies.test(name.value)
  );
}

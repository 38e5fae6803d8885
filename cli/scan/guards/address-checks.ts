import { maxResolvingCallers } from '../budgets/guards.ts';
import type { Linked } from '../callgraph/linked.ts';
import { callsOf } from '../callgraph/query/made-by.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { addressChecked, addressPinned, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import type { Language } from '../languages/language.ts';
import type { State } from '../models/api.ts';
import { testsAddresses } from './address-tests.ts';

const resolvers: ReadonlySet<string> = new Set([
  'getaddrinfo',
  'gethostbyname',
  'gethostbyname_ex',
  'resolve',
  'resolve4',
  'resolve6',
  'lookup',
]);

/**
 * What a call that resolves a host or parses an address proves of its argument. If the calling function also tests for
 * private addresses, the host and the URL that it was read from get the marker `addressChecked`. They are not sanitised,
 * because the client resolves the name again.
 */
export function resolvedChecks(frame: FunctionView, { args }: Call, name: string): readonly Check[] {
  const [host] = args;
  const isAbout = resolvers.has(name) || name === 'ip_address';
  return host !== undefined && isAbout && testsAddresses(frame.linked, frame.id)
    ? urlOf(frame, host, addressChecked)
    : none;
}

/**
 * The markers that a resolver's result gets in a function that tests for private addresses: `addressChecked`, and also
 * `addressPinned` if the resolver returns several addresses and the function seems to test each. In JavaScript, a
 * caller of the function may make the test instead. None in other functions.
 */
export function resolvedKinds({ linked, id, func, language }: FunctionView, { traits }: State): Kinds {
  const isOfMany = traits.has('resolves-to-many');
  if ((!isOfMany && !traits.has('resolves-host')) || !isTestedAround(linked, id, language)) return noKinds;
  const isLooped = language.wrapsResolvers || func.code.some(({ op }) => op === 'element');
  return isOfMany && isLooped ? addressChecked.union(addressPinned) : addressChecked;
}

/** Whether a function tests addresses or, in JavaScript, a caller that uses it to resolve a name does. */
function isTestedAround(linked: Linked, id: number, { wrapsResolvers }: Language): boolean {
  if (testsAddresses(linked, id)) return true;
  return (
    wrapsResolvers &&
    callsOf(linked, id)
      .slice(0, maxResolvingCallers)
      .some(({ func }) => testsAddresses(linked, func))
  );
}

/**
 * What is proven if `ip_address(host).is_private` is false, or `ip_address(host).is_global` is true: the host is a public
 * IP address, and the client connects to exactly this address. Properties such as `is_loopback` prove nothing, because a
 * private address may pass a test of them.
 */
export function addressChecks(
  frame: FunctionView,
  inst: Inst & { op: 'member' },
  isTrue: boolean,
): readonly Check[] {
  if (inst.name !== (isTrue ? 'is_global' : 'is_private')) return none;
  const made = frame.inst(inst.object);
  const [address] = made.op === 'call' ? made.args : [];
  if (made.op !== 'call' || address === undefined) return none;
  const clean = addressChecked.union(addressPinned);
  return [{ value: inst.object, clean }, ...urlOf(frame, address, clean)];
}

/** Checks of a host, of the URL that it was read from, and of the text that was parsed as that URL. */
function urlOf(frame: FunctionView, host: ValueId, clean: Kinds): readonly Check[] {
  const found: Check[] = [{ value: host, clean }];
  const inst = frame.inst(host);
  if (inst.op !== 'member') return found;
  found.push({ value: inst.object, clean });
  const parsed = frame.inst(inst.object);
  if (parsed.op === 'call' && parsed.args[0] !== undefined) found.push({ value: parsed.args[0], clean });
  return found;
}

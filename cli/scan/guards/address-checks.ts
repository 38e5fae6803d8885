import type { Linked } from '../callgraph/linked.ts';
import { callsOf } from '../callgraph/query/made-by.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { addressChecked, addressPinned, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import type { Language } from '../languages/language.ts';
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
 * A function that resolves a host, or reads an address, and tests whether addresses are private has checked the host and the URL
 * that it was read from. The client resolves the name again, so that this proves little: the flow is reported as a likely one.
 */
export function resolvedChecks(frame: FunctionView, { args }: Call, name: string): readonly Check[] {
  const [host] = args;
  const isAbout = resolvers.has(name) || name === 'ip_address';
  return host !== undefined && isAbout && testsAddresses(frame.linked, frame.id)
    ? urlOf(frame, host, addressChecked)
    : none;
}

/** Resolvers of several addresses, or of a language in which no single test is followed. */
const ofMany = /^(?:dns\.Module\.|.*\.(?:getaddrinfo|gethostbyname_ex)$)/;

/**
 * What is known of the addresses that a resolver gives to a function that tests whether addresses are private. A test of one
 * address is followed in Python. Of many, it counts for all where a loop reads them.
 */
export function resolvedKinds({ linked, id, func, language }: FunctionView, resolver: string): Kinds {
  const name = resolver.slice(resolver.lastIndexOf('.') + 1);
  if (!resolvers.has(name) || !isTestedAround(linked, id, language)) return noKinds;
  const isLooped = language.wrapsResolvers || func.code.some(({ op }) => op === 'element');
  return ofMany.test(resolver) && isLooped ? addressChecked.union(addressPinned) : addressChecked;
}

const maxCallers = 12;

/** Whether a function tests addresses, or in JavaScript one that calls it to resolve a name. */
function isTestedAround(linked: Linked, id: number, { wrapsResolvers }: Language): boolean {
  if (testsAddresses(linked, id)) return true;
  return (
    wrapsResolvers &&
    callsOf(linked, id)
      .slice(0, maxCallers)
      .some(({ func }) => testsAddresses(linked, func))
  );
}

/**
 * `ip_address(host).is_private` was false, or `is_global` true: the host is itself an address, and the one that is dialled. The other
 * tests of that kind let private networks through.
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

/** What is known of a host is known of the URL that it was read from. */
function urlOf(frame: FunctionView, host: ValueId, clean: Kinds): readonly Check[] {
  const found: Check[] = [{ value: host, clean }];
  const inst = frame.inst(host);
  if (inst.op !== 'member') return found;
  found.push({ value: inst.object, clean });
  const parsed = frame.inst(inst.object);
  if (parsed.op === 'call' && parsed.args[0] !== undefined) found.push({ value: parsed.args[0], clean });
  return found;
}

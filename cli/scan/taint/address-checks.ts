import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { testsAddresses } from './address-tests.ts';
import { type Check, none } from './check.ts';
import type { Frame } from './frame.ts';
import { addressChecked, addressPinned, type Kinds } from './kinds.ts';

const resolvers: ReadonlySet<string> = new Set([
  'getaddrinfo',
  'gethostbyname',
  'gethostbyname_ex',
  'resolve4',
  'resolve6',
  'lookup',
]);

/**
 * A function that resolves a host, or reads an address, and tests whether addresses are private has checked the host and the URL
 * that it was read from. The client resolves the name again, so that this proves little: the flow is reported as a likely one.
 */
export function resolvedChecks(frame: Frame, { args }: Call, name: string): readonly Check[] {
  const [host] = args;
  const isAbout = resolvers.has(name) || name === 'ip_address';
  return host !== undefined && isAbout && testsAddresses(frame.linked, frame.id)
    ? urlOf(frame, host, addressChecked)
    : none;
}

/**
 * `ip_address(host).is_private` was false, or `is_global` true: the host is itself an address, and the one that is dialled. The other
 * tests of that kind let private networks through.
 */
export function addressChecks(
  frame: Frame,
  inst: Inst & { op: 'member' },
  isTrue: boolean,
): readonly Check[] {
  if (inst.name !== (isTrue ? 'is_global' : 'is_private')) return none;
  const made = frame.inst(inst.object);
  const [address] = made.op === 'call' ? made.args : [];
  if (made.op !== 'call' || address === undefined) return none;
  const clean = addressChecked | addressPinned;
  return [{ value: inst.object, clean }, ...urlOf(frame, address, clean)];
}

/** What is known of a host is known of the URL that it was read from. */
function urlOf(frame: Frame, host: ValueId, clean: Kinds): readonly Check[] {
  const found: Check[] = [{ value: host, clean }];
  const inst = frame.inst(host);
  if (inst.op !== 'member') return found;
  found.push({ value: inst.object, clean });
  const parsed = frame.inst(inst.object);
  if (parsed.op === 'call' && parsed.args[0] !== undefined) found.push({ value: parsed.args[0], clean });
  return found;
}

import { blockOf } from '../ir/block-of.ts';
import type { Func, Inst, ValueId } from '../ir/ir.ts';
import type { Check } from './check.ts';
import { constantKey } from './constant-key.ts';
import type { Frame } from './frame.ts';
import { kinds } from './kinds.ts';

const resolvers: ReadonlySet<string> = new Set([
  'getaddrinfo',
  'gethostbyname',
  'gethostbyname_ex',
  'resolve4',
  'resolve6',
  'lookup',
]);
const privateTests: ReadonlySet<string> = new Set([
  'is_private',
  'is_loopback',
  'is_link_local',
  'is_reserved',
  'is_multicast',
  'is_unspecified',
]);

/**
 * A loop over all addresses that a name resolves to, which leaves the function where one of them is private:
 * behind it the name, and the URL that it was read from, lead out. (That the name may resolve to something
 * else the next time is for the guard in the process to prevent.)
 */
export function addressLoopChecks(frame: Frame, test: ValueId): readonly Check[] {
  const block = frame.func.blocks[blockOf(frame.func, test)];
  if (block?.end.kind !== 'branch' || !testsAddresses(frame)) return [];
  const first = frame.func.blocks[block.end.then]?.code
    .map((value) => frame.inst(value))
    .find((inst) => inst.op === 'element');
  if (first?.op !== 'element') return [];
  const host = resolvedHost(frame, first.value);
  return host === undefined ? [] : urlOf(frame, host);
}

/** `ip_address(gethostbyname(host)).is_private` was false, or `is_global` true. */
export function addressChecks(
  frame: Frame,
  inst: Inst & { op: 'member' },
  isTrue: boolean,
): readonly Check[] {
  if (!(privateTests.has(inst.name) && !isTrue) && !(inst.name === 'is_global' && isTrue)) return [];
  const address = frame.inst(inst.object);
  if (address.op !== 'call' || address.args[0] === undefined) return [];
  const host = resolvedHost(frame, address.args[0]) ?? address.args[0];
  return urlOf(frame, host);
}

function resolvedHost(frame: Frame, value: ValueId): ValueId | undefined {
  let inst = frame.inst(value);
  for (let depth = 0; depth < 6; depth++) {
    if (inst.op === 'await' || inst.op === 'effect' || inst.op === 'cell-store' || inst.op === 'element')
      inst = frame.inst(inst.value);
    else if (inst.op === 'index' || inst.op === 'member') inst = frame.inst(inst.object);
    else break;
  }
  if (inst.op !== 'call') return undefined;
  const callee = frame.inst(inst.callee);
  const name = callee.op === 'import' ? callee.name : constantKey(frame, callee);
  return name !== undefined && resolvers.has(name) ? inst.args[0] : undefined;
}

const known = new WeakMap<Func, boolean>();

function testsAddresses({ func }: Frame): boolean {
  let found = known.get(func);
  if (found === undefined) {
    found = testsAny(func);
    known.set(func, found);
  }
  return found;
}

function testsAny(func: Func): boolean {
  return func.code.some((inst) => {
    if (inst.op === 'member') return privateTests.has(inst.name) || inst.name === 'is_global';
    if (inst.op !== 'call') return false;
    const callee = func.code[inst.callee];
    return (callee?.op === 'member' || callee?.op === 'import') && callee.name === 'ip_address';
  });
}

const clean = kinds('ssrf', 'redirect');

function urlOf(frame: Frame, host: ValueId): readonly Check[] {
  const found: Check[] = [{ value: host, clean }];
  const inst = frame.inst(host);
  if (inst.op !== 'member') return found;
  found.push({ value: inst.object, clean });
  const parsed = frame.inst(inst.object);
  if (parsed.op === 'call' && parsed.args[0] !== undefined) found.push({ value: parsed.args[0], clean });
  return found;
}

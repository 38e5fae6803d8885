import type { Call, ValueId } from '../../ir/ir.ts';
import { known, type Use } from '../kit/use.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { type Claim, claimOf } from './claim.ts';
import { asksRight, isPower, isRole, listsRights, listsRoles } from './rights.ts';

/**
 * Returns the client's claim in a search for its role in a list: `role in ("admin", "owner")`,
 * `allowedRoles.includes(role)`. Undefined for other searches.
 */
export function listedRole(use: Use, value: ValueId, list: ValueId): Claim | undefined {
  const texts = textsOf(use, list);
  const powers = texts.filter(isPower).length;
  const isAllPowers = powers > 0 && powers === texts.length;
  if (powers === 0 && (texts.length > 0 || !isNamed(use, list, listsRoles))) return undefined;
  // A list of roles may also check what a form sets as another user's role.
  return roleOf(use, value, isAllPowers);
}

/**
 * Returns the client's claim in a comparison of its role with a required role: `request.headers.get('X-Role') == role`.
 * The required role is a parameter or a shared variable. Undefined for other comparisons.
 */
export function sameRole(use: Use, value: ValueId, other: ValueId): Claim | undefined {
  const { op } = use.frame.inst(other);
  if ((op !== 'param' && op !== 'cell-load') || !isNamed(use, other, listsRoles)) return undefined;
  return roleOf(use, value, false);
}

/**
 * Returns the client's claim in a call that asks whether its role has a right: `can(role, 'delete')`. Undefined for other
 * calls.
 */
export function askedRight(use: Use, name: string, call: Call): Claim | undefined {
  const [role, right] = call.args;
  if (role === undefined || right === undefined || !asksRight(name)) return undefined;
  return roleOf(use, role, true);
}

/**
 * Returns the client's claim in a look-up of its role's rights: `RIGHTS[role].includes('delete')`,
 * `"delete" in RIGHTS.get(role, ())`. Undefined for other look-ups.
 */
export function rightsOfRole(use: Use, list: ValueId): Claim | undefined {
  let inst = use.frame.inst(list);
  if (inst.op === 'effect') inst = use.frame.inst(inst.value);
  if (inst.op === 'index')
    return isNamed(use, inst.object, listsRights) ? roleOf(use, inst.key, true) : undefined;
  const callee = inst.op === 'call' ? use.frame.inst(inst.callee) : undefined;
  const key = inst.op === 'call' ? inst.args[0] : undefined;
  if (callee?.op !== 'member' || callee.name !== 'get' || key === undefined) return undefined;
  return isNamed(use, callee.object, listsRights) ? roleOf(use, key, true) : undefined;
}

/** A value that names a role. From a query or a body it only counts if the test must be about the sender. */
function roleOf(use: Use, value: ValueId, isOwn: boolean): Claim | undefined {
  const claim = claimOf(use.frame, value);
  if (!claim || !isRole(claim.name)) return undefined;
  return isOwn || claim.kind === 'header' || claim.kind === 'cookie' ? claim : undefined;
}

function textsOf(use: Use, list: ValueId): readonly string[] {
  const items = [...(known(use, list)?.fields?.values() ?? [])];
  return items.flatMap(({ consts }) => consts?.filter((one) => typeof one === 'string') ?? []);
}

function isNamed({ frame }: Use, value: ValueId, names: RegExp): boolean {
  return [...namesOf(frame.linked, { func: frame.id, value })].some((name) => names.test(name));
}

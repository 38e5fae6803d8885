import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call } from '../../ir/ir.ts';
import type { Role } from '../../report/severity.ts';
import { roleOfName } from './role-words.ts';

/** The role that the code requires of a user, and the name in the code that shows it. */
export interface AskedRole {
  readonly role: Role;
  /** A name in the code, such as `check_admin`. */
  readonly name: string;
}

const maxDepth = 4;
/** A middleware and its options are short. */
const maxParts = 40;

/** Calls that apply the checks that they receive, whatever their own name. */
const wrappers =
  /^(?:UseGuards|user_passes_test|method_decorator|Depends|Security|applyDecorators|compose|wrap\w*|\w*async\w*|catch\w*)$/i;

/** The strictest of these roles. Undefined if there is none. */
export function strictest(all: Iterable<AskedRole | undefined>): AskedRole | undefined {
  let found: AskedRole | undefined;
  for (const one of all)
    if (one && (!found || (found.role === 'user' && one.role === 'administrator'))) found = one;
  return found;
}

/** The least strict of these roles. Undefined if one of them is undefined, or if the list is empty. */
export function mostOpen(all: readonly (AskedRole | undefined)[]): AskedRole | undefined {
  if (all.some((one) => one === undefined)) return undefined;
  return all.find((one) => one?.role === 'user') ?? all[0];
}

/**
 * The role that a decorator, a middleware or a dependency requires of a user, by the names in its expression:
 * `requireAdmin`, `roles_required('admin')`, `auth(admin=True)`. Undefined if no name suggests a role.
 */
export function roleAt(linked: Linked, place: Place): AskedRole | undefined {
  return roleIn(linked, place, 0, { parts: maxParts });
}

/** How many parts of an expression may still be read. */
interface Budget {
  parts: number;
}

function roleIn(linked: Linked, place: Place, depth: number, budget: Budget): AskedRole | undefined {
  if (depth > maxDepth || budget.parts-- <= 0) return undefined;
  const inst = instOf(linked, place);
  const at = (value: number): AskedRole | undefined =>
    roleIn(linked, { func: place.func, value }, depth + 1, budget);
  switch (inst?.op) {
    case 'typed':
    case 'await':
    case 'effect':
      return at(inst.value);
    case 'list':
      return strictest(inst.items.slice(0, maxParts).map(at));
    case 'call': {
      const check = at(inst.callee);
      const callee = { func: place.func, value: inst.callee };
      if (!check && !namesOf(linked, callee).some((name) => wrappers.test(name))) return undefined;
      return strictest([check, ...argumentRoles(linked, place, inst, check !== undefined, at)]);
    }
    default:
      return strictest(namesOf(linked, place).map(roleNamed));
  }
}

/** A text or a keyword says something about a role only in the call of a check: `/admin` is also the path of a route. */
function argumentRoles(
  linked: Linked,
  { func }: Place,
  { args, names }: Call,
  isCheck: boolean,
  at: (value: number) => AskedRole | undefined,
): (AskedRole | undefined)[] {
  return args.slice(0, maxParts).flatMap((arg, index) => {
    const given = instOf(linked, { func, value: arg });
    if (given?.op !== 'const') return [at(arg)];
    if (!isCheck) return [];
    if (typeof given.value === 'string') return [roleNamed(given.value)];
    return given.value === true ? [roleNamed(names?.[index] ?? '')] : [];
  });
}

function roleNamed(name: string): AskedRole | undefined {
  const role = roleOfName(name);
  return role && { role, name };
}

/** The names that stand for a value in the code. Strings have none. */
function namesOf(linked: Linked, { func, value }: Place): readonly string[] {
  const info = linked.program.functions[func];
  const inst = info?.func.code[value];
  const module = linked.program.modules[info?.module ?? -1];
  switch (inst?.op) {
    case 'import':
    case 'member':
    case 'global':
      return [inst.name];
    case 'func':
      return [module?.functions[inst.func]?.name ?? ''];
    case 'class':
      return [module?.classes[inst.class]?.name ?? ''];
    case 'cell-load':
      return [module?.cells[inst.cell]?.name ?? ''];
    default:
      return [];
  }
}

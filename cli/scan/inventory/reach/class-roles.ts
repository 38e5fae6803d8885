import type { Linked } from '../../callgraph/linked.ts';
import { memoized } from '../../ir/memoized.ts';
import { type AskedRole, roleAt, strictest } from './expression-role.ts';
import { roleOfName } from './role-words.ts';

/** Class attributes with the checks of a view: `permission_classes = [IsAdminUser]` of Django REST framework. */
const attributes = /^(?:permission_classes|decorators|method_decorators|permission_required)$/;

interface ClassRoles {
  readonly roles: ReadonlyMap<number, AskedRole>;
  /** Classes that replace the checks that they inherit. */
  readonly replacing: ReadonlySet<number>;
}

/** The roles that classes themselves ask for, by decorators, by attributes, or by the names of imported mixins. */
const ownRoles = memoized((linked: Linked): ClassRoles => {
  const { program } = linked;
  const roles = new Map<number, AskedRole>();
  const replacing = new Set<number>();
  const add = (owner: number, role: AskedRole | undefined): void => {
    const found = strictest([roles.get(owner), role]);
    if (found) roles.set(owner, found);
  };
  program.instructions.each('call', (call, { id }) => {
    const owners = call.isDecorator ? call.args.flatMap((arg) => linked.classes(id, arg)) : [];
    if (owners.length === 0) return;
    const role = roleAt(linked, { func: id, value: call.callee });
    for (const owner of owners) add(owner, role);
  });
  program.instructions.each('class', (inst, { id, module }) => {
    const owner = (program.firstClass[module] ?? 0) + inst.class;
    inst.names.forEach((name, index) => {
      if (!attributes.test(name)) return;
      replacing.add(owner);
      add(owner, roleAt(linked, { func: id, value: inst.values[index] ?? -1 }));
    });
    for (const name of linked.basesOf(owner)) {
      const role = typeof name === 'string' && /Mixin$|Required/.test(name) ? roleOfName(name) : undefined;
      if (role) add(owner, { role, name: String(name) });
    }
  });
  return { roles, replacing };
});

/**
 * The role that a class or its ancestors require of a user who calls the methods of the class. Undefined if they require
 * none.
 */
export function classRole(linked: Linked, owner: number): AskedRole | undefined {
  if (owner < 0) return undefined;
  const { roles, replacing } = ownRoles(linked);
  const found: (AskedRole | undefined)[] = [];
  for (const one of [owner, ...linked.ancestors(owner)]) {
    found.push(roles.get(one));
    if (replacing.has(one)) break;
  }
  return strictest(found);
}

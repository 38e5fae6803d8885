import type { Linked } from '../../callgraph/linked.ts';
import { classPlaces } from '../../callgraph/query/class-places.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { basesOf } from './bases.ts';

/** Fields for permissions, ownership and balances. */
const rights =
  /^(?:is_(?:staff|admin|superuser|moderator|owner|approved|verified|paid)|admin|superuser|moderator|approved|verified|paid|(?:user_)?(?:role|roles|permissions)|groups|owner|user|author|created_by|balance|credits?)$/;
const ofDjangosUser: readonly string[] = ['is_staff', 'is_superuser'];

/** The fields of a model that users must not set. Empty unless the model's class is in the project, or is Django's own user. */
export function rightsOf(linked: Linked, model: Place): readonly string[] {
  if (isDjangosUser(linked, model)) return ofDjangosUser;
  const found = linked.classes(model.func, model.value).flatMap((owner) => {
    const bases = basesOf(linked, owner);
    const inherited = bases.has('AbstractUser') || bases.has('PermissionsMixin') ? ofDjangosUser : [];
    return [...inherited, ...[owner, ...linked.ancestors(owner)].flatMap((one) => ownRights(linked, one))];
  });
  return [...new Set(found)];
}

function isDjangosUser(linked: Linked, model: Place): boolean {
  const made = instOf(linked, madeBy(linked, model));
  if (made?.op === 'import') return made.name === 'User' && made.specifier === 'django.contrib.auth.models';
  const callee =
    made?.op === 'call'
      ? instOf(linked, { func: madeBy(linked, model).func, value: made.callee })
      : undefined;
  // A setting chooses this class. Nearly all of them have these fields.
  return (
    callee?.op === 'import' && callee.name === 'get_user_model' && callee.specifier === 'django.contrib.auth'
  );
}

function ownRights(linked: Linked, owner: number): readonly string[] {
  const place = classPlaces(linked).get(owner);
  const inst = place && instOf(linked, place);
  if (!place || inst?.op !== 'class') return [];
  const { code } = linked.program.functions[place.func]?.func ?? { code: [] };
  return inst.names.filter((name, i) => rights.test(name) && isEditable(code, inst.values[i] ?? -1));
}

/** `BooleanField(default=False)`, not `BooleanField(editable=False)`. */
function isEditable(code: readonly Inst[], value: ValueId): boolean {
  const inst = code[value];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  if (inst?.op !== 'call' || (callee?.op !== 'member' && callee?.op !== 'import')) return false;
  const editable = code[inst.args[inst.names?.indexOf('editable') ?? -1] ?? -1];
  return /(?:Field|ForeignKey)$/.test(callee.name) && !(editable?.op === 'const' && editable.value === false);
}

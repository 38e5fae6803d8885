import type { Linked } from '../../callgraph/linked.ts';
import { classPlaces } from '../../callgraph/query/class-places.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { SiteState } from '../site-search.ts';
import { cleanedBy, cleanedRoots, ownerOfField } from './django-forms.ts';
import { validatedBy } from './django-uploads.ts';
import { followUpload } from './followed/follow-upload.ts';
import type { Root } from './followed/parts-of-upload.ts';

const open = (because: string): SiteState => ({ state: 'unresolved', because });

/** The audit state of a form's `FileField`: what it rejects, and how its cleaned value is used. */
export function formFieldState(linked: Linked, place: Place, call: Inst & Call, name: string): SiteState {
  const owner = ownerOfField(linked, place);
  if (!owner) return open('Django keeps the name and does not limit the size');
  const validated = validatedBy(linked, place, call);
  const cleaned = cleanedBy(linked, owner.class, owner.field);
  const known = {
    size: validated.size || cleaned.size,
    type: validated.type || cleaned.type || name === 'ImageField',
    ending: Boolean(validated.ending || cleaned.ending) || name === 'ImageField',
    claim: cleaned.claim ?? false,
  };
  const clean = linked.methodOf(owner.class, `clean_${owner.field}`);
  const roots: Root[] = linked.program.functions
    .filter(({ id }) => id !== clean)
    .flatMap(({ id }) => cleanedRoots(linked, id, owner.field));
  if (roots.length > 0) return followUpload(linked, roots, known);
  const at = classPlaces(linked).get(owner.class);
  const inst = at && instOf(linked, at);
  const meta = at && inst?.op === 'class' ? inst.values[inst.names.indexOf('Meta')] : undefined;
  const model = at && meta !== undefined ? instOf(linked, { func: at.func, value: meta }) : undefined;
  return model?.op === 'class' && model.names.includes('model')
    ? { state: 'bound', because: 'the field of its model is looked at itself' }
    : open('what becomes of the upload of a form could not be followed');
}

/**
 * The audit state of the files that a function reads from `request.FILES`. The state is `bound` if the function only passes
 * `request.FILES` to forms, because the forms' fields are audited themselves. Undefined if it uses `request.FILES` in a way
 * that can't be followed.
 */
export function filesState(linked: Linked, func: number): SiteState | undefined {
  const roots = filesOf(linked, func, ({ name }) => name === 'FILES');
  if (roots === undefined) return undefined;
  return roots.length > 0
    ? followUpload(linked, roots, { size: false, type: false })
    : { state: 'bound', because: 'the fields of its form are looked at themselves' };
}

/**
 * The reads of single files from a request's collection of files, such as `request.FILES['photo']`. Undefined if the
 * function passes the whole collection to anything but a form, or uses it in another way that can't be followed.
 * @param isFiles whether a member is a request's files
 */
export function filesOf(
  linked: Linked,
  func: number,
  isFiles: (inst: Inst & { readonly op: 'member' }) => boolean,
): Root[] | undefined {
  const { code } = linked.program.functions[func]?.func ?? { code: [] };
  const roots: Root[] = [];
  for (const [value, inst] of code.entries()) {
    if (inst.op !== 'member' || !isFiles(inst)) continue;
    const aliases = new Set([value]);
    for (const one of aliases)
      for (const [user, use] of code.entries()) {
        if (use.op === 'phi' && use.inputs.includes(one)) aliases.add(user);
        else if (use.op === 'effect' && use.value === one) aliases.add(user);
        else if (use.op === 'index' && use.object === one) roots.push({ func, value: user });
        else if (use.op === 'member' && use.object === one && /^(get|getlist)$/.test(use.name))
          roots.push(...callsOf(code, user).map((call) => ({ func, value: call })));
        else if (use.op === 'call' && use.args.includes(one)) {
          if (!isForm(linked, func, user)) return undefined;
        } else if (isOtherUse(use, one)) return undefined;
      }
  }
  return roots;
}

function callsOf(code: readonly Inst[], callee: ValueId): ValueId[] {
  return code.flatMap((inst, value) => (inst.op === 'call' && inst.callee === callee ? [value] : []));
}

function isOtherUse(inst: Inst, value: ValueId): boolean {
  switch (inst.op) {
    case 'member':
      return inst.object === value;
    case 'store':
    case 'store-index':
    case 'cell-store':
    case 'typed':
    case 'element':
    case 'key':
    case 'yield':
      return inst.value === value;
    case 'list':
      return inst.items.includes(value);
    case 'object':
      return inst.values.includes(value);
    case 'text':
      return inst.parts.includes(value);
    case 'binary':
      return inst.right === value && /in$/.test(inst.operator)
        ? false
        : inst.left === value || inst.right === value;
    default:
      return false;
  }
}

/** Whether a call creates a form of the project. */
function isForm(linked: Linked, func: number, call: ValueId): boolean {
  const inst = instOf(linked, { func, value: call });
  const classes = inst?.op === 'call' ? linked.classes(func, inst.callee) : [];
  return (
    classes.length > 0 &&
    classes.every((owner) =>
      [owner, ...linked.ancestors(owner)].some((one) =>
        linked.basesOf(one).some((base) => typeof base === 'string' && /Form$/.test(base)),
      ),
    )
  );
}

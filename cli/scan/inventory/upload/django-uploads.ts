import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { SiteState } from '../site-search.ts';
import { argumentsNamed, cleanedBy, formsOf, ownerOfField, paramAt, takesFiles } from './django-forms.ts';
import { ChecksOfUpload } from './followed/checked-before.ts';
import type { Checked } from './followed/facts.ts';
import { partsOfUpload } from './followed/parts-of-upload.ts';
import { rootKey } from './followed/root-key.ts';

const open = (because: string): SiteState => ({ state: 'unresolved', because });
const nothing: Checked = { size: false, type: false };

/**
 * The audit state of a model's `FileField`: who chooses the names of its files, and what its validators and forms check.
 */
export function modelFieldState(linked: Linked, place: Place, call: Inst & Call, name: string): SiteState {
  const owner = ownerOfField(linked, place);
  if (!owner) return open('Django keeps the name and does not limit the size');
  const named = nameState(linked, place, call);
  if (named === 'client')
    return open(
      isKept(linked, call, owner)
        ? 'it stores files under the name that the client chose'
        : 'Django keeps the name that the client chose',
    );
  if (named === 'open') return open('what its `upload_to` names could not be followed');
  let known = validatedBy(linked, place, call);
  if (name === 'ImageField') known = { ...known, type: true };
  if (!known.size || !known.type) {
    const forms = formsOf(linked, owner.class, owner.field);
    if (forms === undefined || forms.length === 0)
      return open('whether its size and type are checked could not be followed');
    const cleaned = forms.map((form) => cleanedBy(linked, form, owner.field));
    known = {
      size: known.size || cleaned.every(({ size }) => size),
      type: known.type || cleaned.every(({ type }) => type),
    };
  }
  if (!known.size) return open('whether the size is limited could not be followed');
  if (!known.type) return open('whether the type is checked could not be followed');
  if (named === 'ending' && !isEndingListed(linked, place, call))
    return open('whether the ending of its name is of a list could not be followed');
  // A model's checks run only in its forms.
  if (isSetElsewhere(linked, owner.class, owner.field)) return open('it is set where no form has checked it');
  return {
    state: 'allow-listed',
    because: 'a name of its own, and checks of size and type in its validators or forms',
  };
}

function nameState(linked: Linked, place: Place, call: Inst & Call): 'own' | 'ending' | 'client' | 'open' {
  const value = argumentsNamed(call, 'upload_to');
  if (value === undefined) return call.spread ? 'open' : 'client';
  const made = madeBy(linked, { func: place.func, value });
  const inst = instOf(linked, made);
  if (inst?.op === 'const') return 'client';
  const functions = linked.functions(made.func, made.value);
  if (functions.length === 0) return 'open';
  let worst: 'own' | 'ending' = 'own';
  for (const func of functions) {
    const param = paramAt(linked, func, 1);
    if (param === undefined) return 'open';
    const parts = partsOfUpload(linked, [{ func, value: param, part: 'name' }]);
    if (!parts.isWhole) return 'open';
    for (const { part, to } of parts.leaves) {
      if (part === 'name' && to === 'return') return 'client';
      if (part !== 'ending' || to !== 'return') return 'open';
      worst = 'ending';
    }
  }
  return worst;
}

/** The checks that the validators of a Django field make. */
export function validatedBy(linked: Linked, place: Place, call: Call): Checked {
  const value = argumentsNamed(call, 'validators');
  const made = value === undefined ? undefined : madeBy(linked, { func: place.func, value });
  const list = made && instOf(linked, made);
  let known = nothing;
  if (!made || list?.op !== 'list' || list.spread.length > 0) return known;
  for (const item of list.items) {
    const one = validatorOf(linked, { func: made.func, value: item });
    known = {
      size: known.size || one.size,
      type: known.type || one.type,
      ending: Boolean(known.ending || one.ending),
    };
  }
  return known;
}

function validatorOf(linked: Linked, place: Place): Checked {
  const made = madeBy(linked, place);
  if (isExtensionValidator(linked, made)) return { size: false, type: true, ending: true };
  const methods = linked
    .instances(made.func, made.value)
    .map((owner) => linked.methodOf(owner, '__call__'))
    .filter((one) => one !== undefined);
  const functions = methods.length > 0 ? methods : linked.functions(made.func, made.value);
  const [func] = functions;
  if (func === undefined || functions.length > 1) return nothing;
  return checkedIn(linked, func, paramAt(linked, func, 0));
}

/** The checks that an upload in a parameter has passed at every return of a function. */
function checkedIn(linked: Linked, func: number, param: ValueId | undefined): Checked {
  if (param === undefined) return nothing;
  const parts = partsOfUpload(linked, [{ func, value: param }]);
  return parts.isWhole
    ? new ChecksOfUpload(linked, parts).atReturns(func, rootKey(linked, func, param))
    : nothing;
}

/** `FileExtensionValidator(["pdf"])` */
function isExtensionValidator(linked: Linked, place: Place): boolean {
  const inst = instOf(linked, place);
  const callee = inst?.op === 'call' ? instOf(linked, { func: place.func, value: inst.callee }) : undefined;
  if (inst?.op !== 'call' || (callee?.op !== 'import' && callee?.op !== 'member')) return false;
  const list =
    argumentsNamed(inst, 'allowed_extensions') ?? (inst.names?.[0] == null ? inst.args[0] : undefined);
  const made =
    list === undefined ? undefined : instOf(linked, madeBy(linked, { func: place.func, value: list }));
  return callee.name === 'FileExtensionValidator' && made?.op === 'list' && made.items.length > 0;
}

function isEndingListed(linked: Linked, place: Place, call: Call): boolean {
  const value = argumentsNamed(call, 'validators');
  const made = value === undefined ? undefined : madeBy(linked, { func: place.func, value });
  const list = made && instOf(linked, made);
  return (
    made !== undefined &&
    list?.op === 'list' &&
    list.items.some((item) => isExtensionValidator(linked, madeBy(linked, { func: made.func, value: item })))
  );
}

/** Whether a form passes uploads to a field with an unchanged name and storage. */
function isKept(
  linked: Linked,
  call: Call,
  owner: { readonly class: number; readonly field: string },
): boolean {
  if (argumentsNamed(call, 'storage') !== undefined || isSetElsewhere(linked, owner.class, owner.field))
    return false;
  if (linked.methodOf(owner.class, 'save') !== undefined) return false;
  return (formsOf(linked, owner.class, owner.field) ?? []).some(
    (form) =>
      takesFiles(linked, form) &&
      [`clean_${owner.field}`, 'clean', 'save'].every((name) => linked.methodOf(form, name) === undefined),
  );
}

const makers = /^(create|acreate|get_or_create|update_or_create|update|bulk_create)$/;

/** `Document(file=...)`, `document.file = ...`, `document.file.save(...)`: these bypass the checks of forms. */
function isSetElsewhere(linked: Linked, model: number, field: string): boolean {
  const { instructions } = linked.program;
  return (
    instructions.some(
      'store',
      ({ name, value }, { func: { code } }) => name === field && !isReadAgain(code, value, field),
    ) ||
    instructions.some('call', (call, { id, func: { code } }) => {
      const callee = code[call.callee];
      const owner = callee?.op === 'member' ? code[callee.object] : undefined;
      if (callee?.op === 'member' && callee.name === 'save')
        return call.names?.includes(field) || (owner?.op === 'member' && owner.name === field);
      const isMade = linked.classes(id, call.callee).includes(model);
      const isMaker = callee?.op === 'member' && makers.test(callee.name);
      if (!isMade && !isMaker) return false;
      return call.names?.includes(field) || (isMade && (call.spread?.length ?? 0) > 0);
    })
  );
}

/** Whether a method call leaves the field as it was. */
function isReadAgain(code: readonly Inst[], value: ValueId, field: string): boolean {
  let inst = code[value];
  if (inst?.op !== 'effect') return false;
  for (let hop = 0; hop < 20 && inst?.op === 'effect'; hop++) inst = code[inst.value];
  return inst?.op === 'member' && inst.name === field;
}

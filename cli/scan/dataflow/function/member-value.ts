import { routeKinds } from '../../frameworks/traits/request/route-schemas.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { isCheckedField } from '../../schemas/checked-types.ts';
import { withDeclaredText } from '../../schemas/declared-text.ts';
import { declaringOwners } from '../../schemas/declaring-classes.ts';
import { validatedKinds } from '../../schemas/validated.ts';
import { withLineBreaks } from '../../semantics/text/line-breaks.ts';
import {
  type Abstract,
  aNumber,
  cleaned,
  constant,
  constText,
  unknown,
  withTaints,
} from '../domain/abstract.ts';
import { load } from '../domain/entries.ts';
import { noKinds } from '../domain/kinds.ts';
import { joinTaints } from '../domain/taint.ts';
import { importedValue } from '../models/imported-value.ts';
import type { FunctionView } from '../view/function-view.ts';
import { callGetter } from './accessors.ts';
import { sharedMember } from './shared-objects.ts';

/** The transfer function of member reads: the result of `object.name`. */
export function memberValue(frame: FunctionView, value: ValueId, inst: Inst & { op: 'member' }): Abstract {
  const getter = callGetter(frame, value, inst);
  if (getter) return getter;
  const object = frame.use(inst.object);
  if (inst.name === 'length' || (inst.name === 'size' && !isRecord(object))) return lengthOf(object);
  const from = frame.func.code[inst.object];
  if (from?.op === 'import' && from.name === '*') {
    const exported = importedValue(frame, from.specifier, inst.name);
    if (exported !== unknown) return exported;
  }
  const loaded = load(object, inst.name);
  const isEmpty = object.taints.length === 0;
  const owners = isEmpty && loaded.taints.length === 0 ? noOwners : declaringOwners(frame, inst.object);
  const declared = owners.length === 0 ? loaded : withDeclaredText(frame, owners, inst.name, loaded);
  const field =
    inst.name === 'searchParams' ? withTaints(declared, withLineBreaks(declared.taints)) : declared;
  if (!isEmpty) {
    // A value that the program stored in the record has not passed the record's schema.
    if (owners.length > 0 && !object.fields?.has(inst.name) && isCheckedInAny(frame, owners, inst.name))
      return unknown;
    const own = classConstant(frame, owners, inst.name);
    if (own) return own;
    const clean = validatedKinds(frame.linked, owners, inst.name).union(
      frame.isConstantPass ? noKinds : routeKinds(frame, inst.object, inst.name),
    );
    if (clean !== noKinds) return cleaned(field, clean);
  }
  const shared =
    sharedMember(frame, inst.object, inst.name) ??
    (isEmpty ? undefined : frame.engine.fields.fieldValue(frame, object, inst.name));
  return shared ? withTaints(shared, joinTaints(field.taints, shared.taints)) : field;
}

/**
 * The value of a Python class constant such as `COLUMNS: ClassVar = {...}`, which no request can set: its name is in capitals.
 * Undefined for other members, and for instances of several classes.
 */
function classConstant(
  { engine, linked, language }: FunctionView,
  owners: readonly number[],
  name: string,
): Abstract | undefined {
  const [owner, ...others] = owners;
  if (!language.classBodiesDeclareFields || owner === undefined || others.length > 0) return undefined;
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
  for (const one of [owner, ...linked.ancestors(owner)]) {
    if (linked.program.classes[one]?.class.fields.some((field) => field.name === name)) return undefined;
    const value = engine.fields.statics.get(one)?.fields?.get(name);
    if (value && value.taints.length === 0 && (value.fields || value.shape === 'text')) return value;
  }
  return undefined;
}

const noOwners: readonly number[] = [];

function isCheckedInAny(frame: FunctionView, owners: readonly number[], name: string): boolean {
  return owners.some((owner) => isCheckedField(frame, owner, name));
}

/** Whether a value may be an object that an attacker sends, in which `size` can be any field: `request.query.size`. */
function isRecord({ shape, taints }: Abstract): boolean {
  return (shape === 'unknown' || shape === 'object') && taints.some(({ exact }) => exact);
}

function lengthOf(it: Abstract): Abstract {
  if (it.length !== undefined) return constant(it.length);
  const text = constText(it);
  return text === undefined ? aNumber : constant(text.length);
}

import type { Linked } from '../../callgraph/linked.ts';
import { literalText } from '../../callgraph/program.ts';
import { instAt, origin, type Place } from '../../callgraph/query/called-on.ts';
import type { Inst } from '../../ir/ir.ts';
import { modelOfClass } from '../../languages/template/prisma-schema.ts';
import { entry } from '../../schemas/written-schemas.ts';
import { sensitiveName } from '../kit/sensitive/sensitive-name.ts';

/** Bounds the fields of one model that are checked. */
const maxFields = 80;

/**
 * The models with a declared password, in lower case: `model User { password String }` in Prisma's schema,
 * `mongoose.model('User', new Schema({ password: String }))`, `sequelize.define('User', { password: DataTypes.STRING })`.
 */
export function declaredWithPasswords(linked: Linked): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { class: it } of linked.program.classes) {
    const model = modelOfClass(it.name);
    if (model !== undefined && it.fields.some(({ name }) => isPassword(name))) found.add(model.toLowerCase());
  }
  linked.program.instructions.each('call', ({ args }, { id }, value) => {
    const [, fields, options] = args;
    if (fields === undefined) return;
    const model = declaredModel(linked, { func: id, value });
    if (model === undefined || hidesFields(linked, { func: id, value: options ?? -1 })) return;
    if (hasPassword(linked, { func: id, value: fields })) found.add(model);
  });
  return found;
}

/** The name of the model that a call declares, in lower case: `model('User', schema)` -> `user`. Undefined for other calls. */
export function declaredModel(linked: Linked, place: Place): string | undefined {
  const call = instAt(linked, place);
  const method = call?.op === 'call' ? instAt(linked, { func: place.func, value: call.callee }) : undefined;
  if (call?.op !== 'call' || (method?.op !== 'member' && method?.op !== 'import')) return undefined;
  const func = linked.program.functions[place.func]?.func;
  const [name] = call.args;
  return func && name !== undefined && /^(?:model|define)$/.test(method.name)
    ? literalText(func, name)?.toLowerCase()
    : undefined;
}

/** Whether the declared fields of a model, or of its schema, include a password that is part of each record. */
function hasPassword(linked: Linked, from: Place): boolean {
  let place = origin(linked, from);
  const made = instAt(linked, place);
  if (made?.op === 'call' && made.isNew) {
    const [fields, options] = made.args;
    if (hidesFields(linked, { func: place.func, value: options ?? -1 })) return false;
    if (linked.program.functions[place.func]?.func.code.some(isHiding)) return false;
    place = origin(linked, { func: place.func, value: fields ?? -1 });
  }
  const inst = instAt(linked, place);
  return (
    inst?.op === 'object' &&
    inst.keys
      .slice(0, maxFields)
      .some((key) => typeof key === 'string' && isPassword(key) && !isLeftOut(linked, place, key))
  );
}

/** Options that change which fields of a record are shown or found. */
function hidesFields(linked: Linked, from: Place): boolean {
  const inst = instAt(linked, origin(linked, from));
  return inst?.op === 'object' && inst.keys.some((key) => typeof key === 'string' && hiding.has(key));
}

const hiding: ReadonlySet<string> = new Set(['toJSON', 'toObject', 'defaultScope', 'inspect']);

/** `schema.methods.toJSON = function () { ... }`, `schema.set('toJSON', { transform })` */
function isHiding(inst: Inst): boolean {
  return (
    (inst.op === 'store' && hiding.has(inst.name)) ||
    (inst.op === 'const' && typeof inst.value === 'string' && hiding.has(inst.value))
  );
}

/** `password: { type: String, select: false }` */
function isLeftOut(linked: Linked, fields: Place, name: string): boolean {
  const field = entry(linked, fields, name);
  const select = field && entry(linked, field, 'select');
  const inst: Inst | undefined = select && instAt(linked, select);
  return inst?.op === 'const' && inst.value === false;
}

/** Whether a name denotes a password or its hash, which must not be logged either. */
export function isPassword(name: string): boolean {
  return hashed.test(name) || sensitiveName(name)?.kind === 'password';
}

const hashed = /^(?:password_?hash|hashed_?password|encrypted_?password)$/i;

import { maxCheckedFieldDepth, maxHopsToAwait } from '../budgets/schemas.ts';
import type { Linked } from '../callgraph/linked.ts';
import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import { methodAt } from '../callgraph/query/method-at.ts';
import type { Abstract } from '../dataflow/domain/abstract.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Func, Inst, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { valueNumbersOf } from '../ir/query/value-numbers.ts';
import { askingCalls, rejectingCalls, throwingCalls } from '../libraries/javascript/data/schema-names.ts';
import { libraryOf } from './schema-library.ts';
import { fromLibrary, givenSchema } from './schema-types.ts';
import { isMaking, isSchema, provenBy, shapeOf } from './schema-values.ts';
import { kindsOfTypeBox } from './typebox-schemas.ts';
import { declaredKinds } from './validated.ts';
import { kindsOfJson } from './written-schemas.ts';

/** What is proven about validated data if the call returns true: `Search.isValid(body)`, ajv's `validate(body)`. */
export function askedSchema(frame: FunctionView, inst: Inst & Call, isAwaited: boolean): readonly Check[] {
  const callee = frame.inst(inst.callee);
  const name = callee.op === 'member' || callee.op === 'import' ? callee.name : '';
  if (askingCalls.has(name) || (isAwaited && name === 'isValid')) return ofSchema(frame, inst);
  return name === 'Check' ? ofTypeBox(frame, inst) : ofAjv(frame, inst);
}

/**
 * What is proven of the validated data once a validation call has returned, because it throws or rejects for invalid data:
 * `assert(body, Search)`, `await schema.validateAsync(body)`. Empty for other calls.
 */
export function returnedSchema(frame: FunctionView, value: ValueId, inst: Inst & Call): readonly Check[] {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member' && callee.op !== 'import') return none;
  if (throwingCalls.has(callee.name)) return ofSchema(frame, inst);
  const { name } = callee;
  if (!rejectingCalls.has(name) && name !== 'validate' && name !== 'validateOrReject') return none;
  // Without `await`, a rejection has no effect here.
  if (!isWaitedFor(frame.func, value)) return none;
  if (rejectingCalls.has(callee.name)) return ofSchema(frame, inst);
  // Joi's and superstruct's `validate` throw nothing.
  if (callee.name === 'validate' && callee.op === 'member')
    return libraryOf(frame.linked, { func: frame.id, value: callee.object }) === 'yup'
      ? ofSchema(frame, inst)
      : none;
  return callee.name === 'validateOrReject' ? ofClass(frame, inst) : none;
}

/**
 * What a test of a validation result proves about the validated data: `!schema.validate(body).error`,
 * `schema.safeParse(body).success`. `inst` reads the tested member, and `isTrue` says whether its value is truthy.
 * Empty for other members.
 */
export function schemaResult(frame: FunctionView, inst: Inst, isTrue: boolean): readonly Check[] {
  if (inst.op !== 'member' && inst.op !== 'index') return none;
  const asked = inst.op === 'member' ? inst.name : indexOf(frame, inst.key);
  let from = frame.inst(inst.object);
  if (from.op === 'await') from = frame.inst(from.value);
  if (from.op !== 'call' || asked === undefined) return none;
  const callee = frame.inst(from.callee);
  const name = callee.op === 'member' || callee.op === 'import' ? callee.name : '';
  if (isTrue)
    return asked === 'success' && /^(?:safeParse|safeParseAsync|validate)$/.test(name)
      ? ofSchema(frame, from)
      : none;
  if (name === 'validate' && asked === 'length') return ofClass(frame, from);
  const isError =
    name === 'validate'
      ? asked === 'error' || asked === '0'
      : /^safeParse/.test(name) && /^(?:error|issues)$/.test(asked);
  return isError ? ofSchema(frame, from) : none;
}

function indexOf(frame: FunctionView, key: ValueId): string | undefined {
  const inst = frame.inst(key);
  return inst.op === 'const' ? String(inst.value) : undefined;
}

function isWaitedFor({ code }: Func, value: ValueId): boolean {
  for (let at = value + 1; at < code.length && at <= value + maxHopsToAwait; at++) {
    const inst = code[at];
    if (inst?.op === 'await' && inst.value === value) return true;
  }
  return false;
}

/** What a schema's method, or a library function with a schema as an argument, proves of the data. */
function ofSchema(frame: FunctionView, { callee, args }: Call): readonly Check[] {
  const inst = frame.inst(callee);
  const [data] = args;
  const own = inst.op === 'member' ? givenSchema(frame, inst.object, frame.values[inst.object]) : undefined;
  if (isSchema(own)) return data === undefined ? none : bySchema(frame, data, own, 0);
  if (inst.op === 'member' ? !fromLibrary(frame, inst.object) : inst.op !== 'import') return none;
  const by = args.find((arg) => isSchema(frame.values[arg]));
  const other = args.find((arg) => arg !== by);
  return by === undefined || other === undefined
    ? none
    : bySchema(frame, other, frame.values[by] as Abstract, 0);
}

function bySchema(frame: FunctionView, data: ValueId, by: Abstract, depth: number): readonly Check[] {
  if (isMaking(by)) return none;
  const clean = provenBy(by);
  const found: Check[] = clean === noKinds ? [] : [{ value: data, clean }];
  const fields = shapeOf(by)?.fields;
  if (!fields || depth > maxCheckedFieldDepth) return found;
  for (const [name, value] of readsOf(frame, data)) {
    const inner = fields.get(name);
    if (isSchema(inner)) found.push(...bySchema(frame, value, inner, depth + 1));
  }
  return found;
}

/** What a schema proves of each field that the function reads from a value. */
function byFields(
  frame: FunctionView,
  data: ValueId | undefined,
  kindsOf: (name: string) => Kinds,
): readonly Check[] {
  if (data === undefined) return none;
  return readsOf(frame, data)
    .map(([name, value]) => ({ value, clean: kindsOf(name) }))
    .filter(({ clean }) => clean !== noKinds);
}

/** `const validate = ajv.compile(schema)`, then `validate(body)`; `ajv.validate(schema, body)`. */
function ofAjv(frame: FunctionView, { callee, args }: Call): readonly Check[] {
  const { linked } = frame;
  if (!usesAjv(linked)) return none;
  const made = methodAt(linked, { func: frame.id, value: callee });
  const inst = frame.inst(callee);
  const isDirect = inst.op === 'member' && inst.name === 'validate' && args.length > 1;
  const object = isDirect
    ? { func: frame.id, value: inst.object }
    : made.method === 'compile'
      ? made.object
      : undefined;
  if (!object || !isAjv(frame, object)) return none;
  const schema = isDirect ? { func: frame.id, value: args[0] as ValueId } : made.args[0];
  return schema ? byFields(frame, args[isDirect ? 1 : 0], (name) => kindsOfJson(linked, schema, name)) : none;
}

function isAjv({ linked }: FunctionView, object: Place): boolean {
  const place = origin(linked, object);
  const made = instAt(linked, place);
  if (made?.op !== 'call') return false;
  const from = instAt(linked, origin(linked, { func: place.func, value: made.callee }));
  const owner =
    from?.op === 'member' ? instAt(linked, origin(linked, { func: place.func, value: from.object })) : from;
  return owner?.op === 'import' && ajv.test(owner.specifier);
}

const ajv = /^ajv(?:\/|$)/;

/** Whether the program imports ajv. Each condition that is a call needs this. */
const usesAjv = memoized(({ program }: Linked): boolean =>
  program.instructions.some('import', ({ specifier }) => ajv.test(specifier)),
);

/** `Value.Check(schema, body)`, `TypeCompiler.Compile(schema)`, then `compiled.Check(body)`. */
function ofTypeBox(frame: FunctionView, { callee, args }: Call): readonly Check[] {
  const inst = frame.inst(callee);
  if (inst.op !== 'member') return none;
  const compiled = methodAt(frame.linked, { func: frame.id, value: inst.object });
  const [first, data] = compiled.method === 'Compile' ? [undefined, args[0]] : args;
  const schema = first === undefined ? compiled.args[0] : { func: frame.id, value: first };
  return schema ? byFields(frame, data, (name) => kindsOfTypeBox(frame.linked, schema, name)) : none;
}

/** What the decorators of a class prove of its fields. */
function ofClass(frame: FunctionView, { callee, args: [data] }: Call): readonly Check[] {
  const inst = frame.inst(callee);
  if (inst.op !== 'import' || inst.specifier !== 'class-validator' || data === undefined) return none;
  const owners = ownersOf(frame, data);
  return byFields(frame, data, (name) => declaredKinds(frame.linked, owners, name));
}

/** `new Search()`, `plainToInstance(Search, body)` */
function ownersOf({ linked, id }: FunctionView, data: ValueId): readonly number[] {
  const made = origin(linked, { func: id, value: data });
  const { method, args } = methodAt(linked, made);
  const [by] = args;
  return by && /^plainTo(?:Instance|Class)$/.test(method ?? '')
    ? linked.classes(by.func, by.value)
    : linked.instances(id, data);
}

type Reads = readonly (readonly [field: string, read: ValueId])[];

/** The fields that a function reads from a value, with one read each. */
function readsOf({ func, valueNumbers }: FunctionView, data: ValueId): Reads {
  return readsIn(func).get(valueNumbers[data] ?? data) ?? [];
}

/** The reads of each object, by the object's value number. */
const readsIn = memoized((func: Func): ReadonlyMap<number, Reads> => {
  const valueNumbers = valueNumbersOf(func);
  const all = new Map<number, Map<string, ValueId>>();
  func.code.forEach((inst, value) => {
    const key = inst.op === 'index' ? func.code[inst.key] : undefined;
    const name = inst.op === 'member' ? inst.name : key?.op === 'const' ? String(key.value) : undefined;
    if (name === undefined || (inst.op !== 'member' && inst.op !== 'index')) return;
    const object = valueNumbers[inst.object] ?? inst.object;
    const fields = all.get(object);
    if (fields) fields.set(name, value);
    else all.set(object, new Map([[name, value]]));
  });
  return new Map([...all].map(([object, fields]) => [object, [...fields]]));
});

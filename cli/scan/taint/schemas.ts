import type { Call, Inst } from '../ir/ir.ts';
import { type Abstract, cleaned, constant, deepTaints, derived, tainted, unknown } from './abstract.ts';
import { list, load, object, store, storeAll } from './entries.ts';
import type { Frame } from './frame.ts';
import { allKinds, type Kinds, kinds, noKinds } from './kinds.ts';
import { patternOf } from './pattern-checks.ts';
import { kindsAdmittedBy } from './pattern-kinds.ts';

/** Where a value holds what a schema lets through: names that no program uses itself. */
const cleanKey = '\0clean';
const shapeKey = '\0shape';
const openKey = '\0open';

const libraries: ReadonlySet<string> = new Set([
  'zod',
  'valibot',
  'zod/v4',
  'zod/mini',
  'joi',
  '@hapi/joi',
  'yup',
  'celebrate',
  'superstruct',
]);

/** Types that leave nothing to choose, or nothing that does harm. */
const whole: ReadonlySet<string> = new Set([
  'number',
  'int',
  'bigint',
  'boolean',
  'date',
  'enum',
  'enums',
  'nativeEnum',
  'literal',
  'picklist',
  'uuid',
  'guid',
  'cuid',
  'cuid2',
  'ulid',
  'nanoid',
  'null',
  'undefined',
  'stringbool',
  // Joi and Yup.
  'bool',
  'valid',
  'equal',
  'oneOf',
  'guid',
  'hex',
  'isoDate',
]);
const text: ReadonlySet<string> = new Set(['string']);
/** Methods that leave a schema what it is. */
const keeps: ReadonlySet<string> = new Set([
  'optional',
  'nullable',
  'nullish',
  'default',
  'min',
  'max',
  'length',
  'trim',
  'toLowerCase',
  'toUpperCase',
  'describe',
  'strict',
  'strip',
  'catch',
  'refine',
  'superRefine',
  'brand',
  'readonly',
  'int',
  'positive',
  'nonnegative',
  'finite',
  'partial',
  'nonempty',
  'gte',
  'lte',
  'gt',
  'lt',
  'safe',
  'required',
  'openapi',
  'integer',
  'lowercase',
  'uppercase',
  'label',
  'messages',
  'noUnknown',
  'single',
  'unique',
  'options',
  'allow',
  'empty',
]);
/** Methods by which a schema lets fields through that it does not name. */
const opens: ReadonlySet<string> = new Set(['passthrough', 'loose', 'unknown', 'catchall']);
/** What a text is harmless for, whatever stands in it. */
export const harmlessText: Kinds = kinds('nosql', 'mass-assignment', 'prototype');

/** Whether a type of a schema leaves nothing to choose that does harm. */
export function leavesNothing(type: string): boolean {
  return whole.has(type);
}

/** Whether a method of a schema gives the schema again. */
export function keepsSchema(method: string): boolean {
  return keeps.has(method);
}

/** What calls of a validation library make: schemas, and of data what a schema lets through. */
export function schemaCall(
  frame: Frame,
  inst: Inst & Call,
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract | undefined {
  const callee = frame.inst(inst.callee);
  if (callee.op === 'import')
    return libraries.has(callee.specifier) ? ofFunction(frame, inst, callee.name, args) : undefined;
  if (callee.op !== 'member') return undefined;
  const { name } = callee;
  const isSchema = receiver.fields?.has(cleanKey) ?? false;
  if (isSchema) {
    const [data = unknown] = args;
    if (name === 'parse' || name === 'parseAsync') return admit(frame, receiver, data);
    if (name === 'validateAsync' || name === 'validateSync') return admit(frame, receiver, data);
    if (name === 'validate') return validated(admit(frame, receiver, data));
    if (name === 'safeParse' || name === 'safeParseAsync') {
      return object([
        ['data', admit(frame, receiver, data)],
        ['success', unknown],
      ]);
    }
    if (keeps.has(name)) return receiver;
    if (opens.has(name)) return store(receiver, openKey, constant(true));
    if (name === 'items' || name === 'of') return schema(0, object([], args[0]));
    if (name === 'regex' || name === 'pattern' || name === 'matches')
      return schema(cleanOf(receiver) | admittedBy(frame, inst));
    return make(name, args, receiver);
  }
  return fromLibrary(frame, callee.object) ? ofFunction(frame, inst, name, args) : undefined;
}

/** A function of a library: `v.parse(User, body)`, `attempt(body, user)`, `v.pipe(v.string(), v.regex(/^a+$/))`. */
function ofFunction(frame: Frame, inst: Call, name: string, args: readonly Abstract[]): Abstract | undefined {
  const schemas = args.filter((arg) => arg.fields?.has(cleanKey));
  const [by] = schemas;
  if (by && applying.has(name)) {
    const value = admit(frame, by, args.find((arg) => arg !== by) ?? unknown);
    return name.startsWith('safe')
      ? object([
          ['output', value],
          ['success', unknown],
        ])
      : value;
  }
  if (name === 'regex') return schema(admittedBy(frame, inst));
  if (by && name === 'pipe')
    return store(by, cleanKey, constant(schemas.reduce((all, one) => all | cleanOf(one), noKinds)));
  return by && keeps.has(name) ? by : make(name, args, unknown);
}

/** Functions that are given data and a schema, in either order. */
const applying: ReadonlySet<string> = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'attempt',
  'create',
  'mask',
]);

/** Joi's `{ value, error }`, Yup's promise of the value itself. */
function validated(value: Abstract): Abstract {
  return object([...(value.fields ?? []), ['value', value], ['error', unknown]], value.rest);
}

/** `z`, `z.coerce`. */
function fromLibrary(frame: Frame, value: number): boolean {
  const inst = frame.inst(value);
  if (inst.op === 'import') return libraries.has(inst.specifier);
  return inst.op === 'member' && fromLibrary(frame, inst.object);
}

function make(name: string, args: readonly Abstract[], before: Abstract): Abstract | undefined {
  const [first = unknown, second] = args;
  if (whole.has(name)) return schema(allKinds);
  if (text.has(name)) return schema(harmlessText);
  if (name === 'email' || name === 'datetime' || name === 'ip' || name === 'ipv4')
    return schema(harmlessText | kinds('path', 'command'));
  if (
    name === 'object' ||
    name === 'strictObject' ||
    name === 'looseObject' ||
    name === 'extend' ||
    name === 'keys' ||
    name === 'shape' ||
    name === 'append' ||
    name === 'merge'
  ) {
    const shape = name === 'merge' ? (first.fields?.get(shapeKey) ?? unknown) : first;
    const known = before.fields?.get(shapeKey)?.fields ?? new Map<string, Abstract>();
    const made = schema(0, object([...known, ...(shape.fields ?? [])]));
    return name === 'looseObject' ? store(made, openKey, constant(true)) : made;
  }
  if (name === 'array' || name === 'record') {
    const item = name === 'record' ? (second ?? first) : first.fields ? first : before;
    return schema(0, object([], item));
  }
  if (name === 'union' || name === 'or') return undefined;
  return undefined;
}

function schema(clean: Kinds, shape?: Abstract): Abstract {
  const entries: [string, Abstract][] = [[cleanKey, constant(clean)]];
  if (shape) entries.push([shapeKey, shape]);
  return object(entries);
}

function cleanOf(by: Abstract): Kinds {
  return Number(by.fields?.get(cleanKey)?.consts?.[0] ?? 0);
}

/** `z.string().regex(/^[a-z]+$/)` */
function admittedBy(frame: Frame, { args: [first] }: Call): Kinds {
  const pattern = first === undefined ? undefined : patternOf(frame, first);
  return pattern ? kindsAdmittedBy(pattern.source, pattern.flags, 'search') : noKinds;
}

/** What a schema lets through of data. */
function admit(frame: Frame, by: Abstract, data: Abstract): Abstract {
  const clean = cleanOf(by);
  const shape = by.fields?.get(shapeKey);
  if (shape?.fields && (shape.fields.size > 0 || !shape.rest)) {
    const entries = [...shape.fields].map(([name, inner]) => {
      const it = load(data, name);
      return [name, inner.fields?.has(cleanKey) ? admit(frame, inner, it) : it] as const;
    });
    return by.fields?.has(openKey) ? storeAll(data, entries) : object(entries);
  }
  if (shape?.rest) {
    const item = shape.rest.fields?.has(cleanKey)
      ? admit(frame, shape.rest, tainted(derived(deepTaints(data))))
      : data;
    return list([], item);
  }
  return clean === allKinds ? cleaned(data, allKinds) : cleaned(data, clean);
}

import { maxPipeSteps, maxSchemaDepth, pipeDepthCost } from '../budgets/schemas.ts';
import type { Linked } from '../callgraph/linked.ts';
import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import { methodAt } from '../callgraph/query/method-at.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { Inst } from '../ir/ir.ts';
import {
  alphabetTypes,
  convertingMethods,
  objectTypes,
  openingMethods,
} from '../libraries/javascript/data/schema-names.ts';
import { admitted, kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';
import { namesOther } from './schema-library.ts';
import { harmlessText, leavesNothing } from './schema-types.ts';
import { keepsSchema } from './schemas.ts';

/** Types, and tests of them, that admit only texts. */
const texts: ReadonlySet<string> = new Set([
  'string',
  'email',
  'url',
  'datetime',
  'ip',
  'startsWith',
  'endsWith',
  'includes',
]);

/**
 * The sink kinds that the field `name` is clean for after a check against a schema of zod, Joi or Yup:
 * `z.object({ sort: z.enum([...]) })`. A plain object of field schemas also counts:
 * `{ sort: Joi.valid('asc', 'desc') }`.
 * @param isOnlyChecked the program uses the input, not the schema's output, so types that convert prove nothing
 */
export function kindsOfZod(linked: Linked, place: Place, name: string, isOnlyChecked = false): Kinds {
  let from = place;
  for (let depth = 0; depth < maxSchemaDepth; depth++) {
    const { object, method, args } = methodAt(linked, from);
    const [shape] = args;
    const isObject = method === undefined || (objectTypes.has(method) && method !== 'merge');
    const fields = method === undefined ? from : shape;
    const field = isObject && fields ? entry(linked, fields, name) : undefined;
    if (field) return kindsOfType(linked, field, isOnlyChecked, 0);
    if (method === undefined || !object) return noKinds;
    if (isOnlyChecked && converts(method)) return noKinds;
    if (!isObject && !keepsSchema(method) && !openingMethods.has(method)) return noKinds;
    from = object;
  }
  return noKinds;
}

/**
 * The sink kinds that the whole output of the schema at `place` is clean for: `mass-assignment` if the schema drops or rejects
 * every field that it does not name. Empty if it may admit further fields.
 */
export function kindsOfClosed(linked: Linked, place: Place): Kinds {
  let from = place;
  for (let depth = 0; depth < maxSchemaDepth; depth++) {
    const { object, method } = methodAt(linked, from);
    if (method === 'object' || method === 'strictObject') return kinds('mass-assignment');
    // A merged schema may admit further fields.
    if (
      method === 'merge' ||
      method === undefined ||
      !object ||
      !(keepsSchema(method) || objectTypes.has(method))
    )
      return noKinds;
    if (openingMethods.has(method)) return noKinds;
    from = object;
  }
  return noKinds;
}

function kindsOfType(linked: Linked, place: Place, isOnlyChecked: boolean, depth: number): Kinds {
  const { object, method, args } = methodAt(linked, place);
  if (method === undefined || depth > maxSchemaDepth) return noKinds;
  if (namesOther(linked, method, args) || (isOnlyChecked && isConverted(linked, place))) return noKinds;
  if (leavesNothing(method))
    return isOnlyChecked && takesAnyText(linked, object, method) ? noKinds : allKinds;
  if (texts.has(method)) return harmlessText;
  const signs = alphabetTypes.get(method);
  if (signs !== undefined) return harmlessText.union(kindsAdmittedBy(signs, '', 'fullmatch'));
  // Valibot's `pipe(string(), regex(/^[a-z]+$/))` and zod's `first.pipe(second)`.
  if (method === 'pipe') return kindsOfPipe(linked, object, args, isOnlyChecked, depth + pipeDepthCost);
  const inner = (one: Place): Kinds => kindsOfType(linked, one, isOnlyChecked, depth + 1);
  if (isWrapper(linked, object, method) && args[0]) return inner(args[0]);
  if (/^(?:regex|pattern|matches)$/.test(method)) {
    const pattern = args[0] && instAt(linked, origin(linked, args[0]));
    const admitted =
      pattern?.op === 'regex' ? kindsAdmittedBy(pattern.source, pattern.flags, 'search') : noKinds;
    return admitted.union(object ? inner(object) : noKinds);
  }
  // For a list, each item: `z.array(z.uuid())`, `Joi.array().items(Joi.string().hex())`.
  if (/^(?:array|items|of)$/.test(method) && args.length === 1 && args[0]) return inner(args[0]);
  return object && keepsSchema(method) ? inner(object) : noKinds;
}

/** Whether a schema's output differs from its input. Dates are parsed from texts that may hold more than a date. */
function converts(method: string): boolean {
  return convertingMethods.has(method) || /^(?:date|transform|preprocess)$/.test(method);
}

/** Whether one of the calls of a schema converts. */
function isConverted(linked: Linked, place: Place): boolean {
  let from: Place | undefined = place;
  for (let hop = 0; hop < maxSchemaDepth && from; hop++) {
    const { object, method }: ReturnType<typeof methodAt> = methodAt(linked, from);
    if (method === undefined) return false;
    if (converts(method)) return true;
    from = object;
  }
  return from !== undefined;
}

/** Whether a coerced type accepts arbitrary texts. `z.coerce.boolean()` does; `z.coerce.number()` does not. */
function takesAnyText(linked: Linked, object: Place | undefined, method: string): boolean {
  const from = object && instAt(linked, origin(linked, object));
  return method !== 'number' && from?.op === 'member' && from.name === 'coerce';
}

/** A transform returns a new value, so the checks before it no longer count. */
function kindsOfPipe(
  linked: Linked,
  object: Place | undefined,
  args: readonly Place[],
  isOnlyChecked: boolean,
  depth: number,
): Kinds {
  const steps = [...(object ? [object] : []), ...args.slice(0, maxPipeSteps)];
  if (args.length > maxPipeSteps) return noKinds;
  let clean = noKinds;
  for (const step of steps) {
    const isMade = /transform/i.test(methodAt(linked, step).method ?? '');
    // The steps after it check another text than the input.
    if (isMade && isOnlyChecked) return clean;
    clean = isMade ? noKinds : clean.union(kindsOfType(linked, step, isOnlyChecked, depth));
  }
  return clean;
}

/** Valibot's `optional(string())` is a function of the library, where zod has a method of the schema. */
function isWrapper(linked: Linked, object: Place | undefined, method: string): boolean {
  if (!/^(?:optional|nullable|nullish|undefinedable|exactOptional)$/.test(method)) return false;
  return !object || instAt(linked, origin(linked, object))?.op === 'import';
}

/** The sink kinds that a field is clean for after a check against a JSON schema: `{ properties: { sort: { enum: [...] } } }`. */
export function kindsOfJson(linked: Linked, schema: Place, name: string): Kinds {
  const properties = entry(linked, schema, 'properties') ?? schema;
  const field = entry(linked, properties, name);
  if (!field) return noKinds;
  if (entry(linked, field, 'enum') || entry(linked, field, 'const')) return allKinds;
  const type = entry(linked, field, 'type');
  const inst = type && instAt(linked, type);
  return inst?.op === 'const' ? kindsOfJsonType(linked, inst.value, field) : noKinds;
}

/** The sink kinds that a JSON type and its constraints sanitise for: `{ type: 'string', pattern: '^[a-z]+$' }`. */
export function kindsOfJsonType(linked: Linked, type: unknown, field: Place | undefined): Kinds {
  if (type === 'integer' || type === 'number' || type === 'boolean') return allKinds;
  if (type !== 'string') return noKinds;
  if (!field) return harmlessText;
  const pattern = entry(linked, field, 'pattern');
  const written = pattern && instAt(linked, pattern);
  const isText = written?.op === 'const' && typeof written.value === 'string';
  const format = entry(linked, field, 'format');
  return harmlessText
    .union(isText ? kindsAdmittedBy(String(written.value), '', 'search') : noKinds)
    .union(format ? kindsOfFormat(instAt(linked, format)) : noKinds);
}

/** Formats of ajv-formats, which Fastify includes, and all characters that they admit. */
const formats: ReadonlyMap<unknown, string> = new Map([
  ['ipv4', '[0-9.]+'],
  ['ipv6', '[0-9a-fA-F:.]+'],
  ['hostname', '[a-zA-Z0-9.-]+'],
]);
/** Formats that admit no harmful value. */
const wholeFormats: ReadonlySet<unknown> = new Set([
  'uuid',
  'date',
  'time',
  'date-time',
  'iso-time',
  'iso-date-time',
  'duration',
]);

function kindsOfFormat(inst: Inst | undefined): Kinds {
  if (inst?.op !== 'const') return noKinds;
  const signs = formats.get(inst.value);
  return wholeFormats.has(inst.value) ? allKinds : signs === undefined ? noKinds : admitted(signs);
}

/** An entry of an object literal; undefined if there is none. */
export function entry(linked: Linked, { func, value }: Place, name: string): Place | undefined {
  const place = origin(linked, { func, value });
  const inst = instAt(linked, place);
  const at = inst?.op === 'object' ? inst.keys.indexOf(name) : -1;
  const found = inst?.op === 'object' ? inst.values[at] : undefined;
  return found === undefined ? undefined : origin(linked, { func: place.func, value: found });
}

import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { BlockId, Call, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { isBehind, successors } from '../../../ir/query/control-flow.ts';
import { rejectingCalls, throwingCalls } from '../../../libraries/javascript/data/schema-names.ts';
import { isParsing } from '../../../schemas/parsing-methods.ts';
import { libraryOf } from '../../../schemas/schema-library.ts';
import { entry, kindsOfZod } from '../../../schemas/written-schemas.ts';
import { continuationBlocks } from './continuation-blocks.ts';

/** Middleware is small. Larger functions and longer chains are treated as unknown. */
const maxFunctions = 4;
const maxHops = 12;
const maxBlocks = 200;
const maxValues = 4_000;

/** Maps a value in a middleware or its factory to the value that the route passes for it. */
type Resolve = (place: Place) => Place;

/**
 * Returns the sink kinds that a field of the request is safe for, because middleware of the project itself checks it. The
 * middleware must check the field's part of the request against a schema, and call `next()` only on success. It may be a
 * function with a fixed schema, or the result of a factory: `validate(schema)`, `validate('query', schema)`, `validate({
 * body: schema })`.
 */
export function kindsOfChecking(linked: Linked, given: Place, part: string, name: string): Kinds {
  const from = origin(linked, given);
  const made = instAt(linked, from);
  if (made?.op !== 'call')
    return ofFunctions(linked, linked.functions(from.func, from.value), part, name, (at) =>
      origin(linked, at),
    );
  const makers = linked.targets(from.func, from.value);
  const [maker] = makers;
  if (!maker || makers.length > 1) return noKinds;
  const func = linked.program.functions[maker.func]?.func;
  const ends = func?.blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : [])) ?? [];
  const inner = ends.length > maxFunctions ? [] : ends.flatMap((end) => linked.functions(maker.func, end));
  const passed: Resolve = (place) => {
    const it = origin(linked, place);
    const index = paramOf(linked, it);
    if (it.func !== maker.func || index === undefined) return it;
    const arg = made.args[index + maker.shift];
    return arg === undefined ? defaultOf(linked, it) : origin(linked, { func: from.func, value: arg });
  };
  return ofFunctions(linked, [...new Set(inner)], part, name, passed);
}

/** The parameter that a value is, with or without a default: `property = 'body'`. */
function paramOf(linked: Linked, place: Place): number | undefined {
  const inst = instAt(linked, place);
  const one = inst?.op === 'phi' ? inst.inputs.map((value) => instAt(linked, { ...place, value })) : [inst];
  const param = one.find((input) => input?.op === 'param');
  return param?.op === 'param' ? param.index : undefined;
}

function defaultOf(linked: Linked, place: Place): Place {
  const inst = instAt(linked, place);
  const value =
    inst?.op === 'phi'
      ? inst.inputs.find((input) => instAt(linked, { ...place, value: input })?.op === 'const')
      : undefined;
  return value === undefined ? place : { ...place, value };
}

function ofFunctions(
  linked: Linked,
  functions: readonly number[],
  part: string,
  name: string,
  resolve: Resolve,
): Kinds {
  const [only] = functions;
  const func = only === undefined ? undefined : linked.program.functions[only]?.func;
  // `(req, res, next)`
  if (only === undefined || functions.length > 1 || func?.params.length !== 3) return noKinds;
  if (func.blocks.length > maxBlocks || func.code.length > maxValues) return noKinds;
  let clean = noKinds;
  func.code.forEach((inst, value) => {
    const schema =
      inst.op === 'call' ? checkedBy(linked, { func: only, value }, inst, part, resolve) : undefined;
    if (schema && isRefused(linked, only, value, libraryOf(linked, schema) === 'yup'))
      clean = clean.union(kindsOfZod(linked, schema, name, true));
  });
  return clean;
}

/**
 * The schema that a call checks a part of the request against: `schema.parse(req.body)`, `schemas[part].validate(req[part])`.
 */
function checkedBy(
  linked: Linked,
  { func }: Place,
  { callee, args }: Call,
  part: string,
  resolve: Resolve,
): Place | undefined {
  const method = instAt(linked, { func, value: callee });
  const [data] = args;
  if (method?.op !== 'member' || !isParsing(method.name) || data === undefined) return undefined;
  const schema = ownOf(linked, { func, value: method.object }, resolve);
  const given = bare(linked, { func, value: data });
  const inst = instAt(linked, given);
  if (partRead(linked, given, resolve) === part) return schema;
  // `schema.parse({ body: req.body, query: req.query })`
  const value = inst?.op === 'object' ? inst.values[inst.keys.indexOf(part)] : undefined;
  if (value === undefined || partRead(linked, bare(linked, { func, value }), resolve) !== part)
    return undefined;
  return fieldOfObject(linked, schema, part);
}

/** The schema of one part in the schema of all: `z.object({ body: z.object({ ... }) })`. */
function fieldOfObject(linked: Linked, schema: Place, part: string): Place | undefined {
  const call = instAt(linked, origin(linked, schema));
  const [fields] = call?.op === 'call' ? call.args : [];
  return fields === undefined ? undefined : entry(linked, { ...origin(linked, schema), value: fields }, part);
}

/** The schema that the middleware was called with, alone or as an entry of an object: `schemas.body`. */
function ownOf(linked: Linked, from: Place, resolve: Resolve): Place {
  const place = resolve(from);
  const inst = instAt(linked, place);
  if (inst?.op !== 'member' && inst?.op !== 'index') return place;
  const name =
    inst.op === 'member' ? inst.name : textAt(linked, resolve({ func: place.func, value: inst.key }));
  const given = resolve({ func: place.func, value: inst.object });
  return (name === undefined ? undefined : entry(linked, given, name)) ?? place;
}

/** The part of the request that is read: `req.body`, `req[property]`. */
function partRead(linked: Linked, { func, value }: Place, resolve: Resolve): string | undefined {
  const inst = instAt(linked, { func, value });
  if (inst?.op !== 'member' && inst?.op !== 'index') return undefined;
  const request = instAt(linked, bare(linked, { func, value: inst.object }));
  if (request?.op !== 'param' || request.index !== 0) return undefined;
  return inst.op === 'member' ? inst.name : textAt(linked, resolve({ func, value: inst.key }));
}

function textAt(linked: Linked, place: Place): string | undefined {
  const inst = instAt(linked, place);
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

/** The place behind effects, casts, awaits and stores of a value. */
function bare(linked: Linked, { func, value }: Place): Place {
  let at = value;
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instAt(linked, { func, value: at });
    if (inst?.op === 'effect' || inst?.op === 'typed' || inst?.op === 'await') at = inst.value;
    else if (inst?.op === 'store') at = inst.object;
    else break;
  }
  return { func, value: at };
}

/** Whether no failed check reaches the handler: the check throws, or the middleware tests its result. */
function isRefused(linked: Linked, id: number, call: ValueId, isYup: boolean): boolean {
  const func = linked.program.functions[id]?.func;
  if (!func) return false;
  // This runs for each field that the handler reads, so results are cached.
  const asked = refused(func);
  const key = `${call} ${isYup}`;
  const before = asked.get(key);
  const found = before ?? refuses(func, continuationBlocks(linked, id), call, isYup);
  asked.set(key, found);
  return found;
}

const refused = memoized((_: Func) => new Map<string, boolean>());

function refuses(func: Func, going: readonly BlockId[], call: ValueId, isYup: boolean): boolean {
  const { code, blocks } = func;
  if (going.length === 0) return false;
  const own = blocks.findIndex(({ code: values }) => values.includes(call));
  if (!going.every((block) => isBehind(func, block, own))) return false;
  const failing = failingBlocks(func, call);
  const caught = blocks.flatMap(({ code: values }, id) =>
    values.some((value) => code[value]?.op === 'caught') ? [id] : [],
  );
  if (failing.length === 0 && !throws(func, call, isYup)) return false;
  return !reaches(func, [...failing, ...caught], new Set(going));
}

/** Whether a failed check throws. An awaited `validate` of Yup does; Joi's returns the error. */
function throws({ code }: Func, call: ValueId, isYup: boolean): boolean {
  const inst = code[call];
  const method = inst?.op === 'call' ? code[inst.callee] : undefined;
  if (method?.op !== 'member') return false;
  return (
    throwingCalls.has(method.name) ||
    ((rejectingCalls.has(method.name) || (isYup && method.name === 'validate')) &&
      code.some((one) => one.op === 'await' && one.value === call))
  );
}

/** The successors for a failed check: `result.error` is set, or `result.success` is false. */
function failingBlocks({ code, blocks }: Func, call: ValueId): readonly BlockId[] {
  return blocks.flatMap(({ end }) => {
    if (end.kind !== 'branch') return [];
    let test = code[end.test];
    let isTrue = true;
    for (let hop = 0; hop < maxHops; hop++) {
      if (test?.op === 'unary' && test.operator === '!') {
        isTrue = !isTrue;
        test = code[test.value];
      } else if (test?.op === 'binary' && /^[=!]==?$/.test(test.operator)) {
        // `error !== undefined`, `result.success === false`
        const right = code[test.right];
        if (right?.op !== 'const') return [];
        if (test.operator.startsWith('=') === !right.value) isTrue = !isTrue;
        test = code[test.left];
      } else if (test?.op === 'effect' || test?.op === 'typed') test = code[test.value];
      else break;
    }
    if (
      test?.op !== 'member' ||
      !/^(?:error|errors|success)$/.test(test.name) ||
      !isOf(code, test.object, call)
    )
      return [];
    const failsWhen = test.name !== 'success';
    return [failsWhen === isTrue ? end.then : end.else];
  });
}

function isOf(code: readonly Inst[], from: ValueId, call: ValueId): boolean {
  let value = from;
  for (let hop = 0; hop < maxHops && value !== call; hop++) {
    const inst = code[value];
    if (inst?.op !== 'await' && inst?.op !== 'effect' && inst?.op !== 'typed') return false;
    value = inst.value;
  }
  return value === call;
}

function reaches({ blocks }: Func, from: readonly BlockId[], to: ReadonlySet<BlockId>): boolean {
  const seen = new Set(from);
  for (const id of seen) {
    if (to.has(id) || seen.size > maxBlocks) return true;
    const block = blocks[id];
    if (block) for (const next of successors(block)) seen.add(next);
  }
  return false;
}

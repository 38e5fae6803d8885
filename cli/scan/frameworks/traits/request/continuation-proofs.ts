import { conjunctions } from '../../../dataflow/domain/conjunctions.ts';
import { type Facts, provenKinds } from '../../../dataflow/domain/facts.ts';
import { type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import { memberName } from '../../../dataflow/query/member-names.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { BlockId, Call, Inst, ValueId } from '../../../ir/ir.ts';
import { hasTrait } from '../../../models/state-traits.ts';
import { continuationBlocks, nextIn, unansweredBlocks } from './continuation-blocks.ts';
import { callsView, partReads, viewBlocks } from './view-gates.ts';

const nothing: ReadonlyMap<string, Kinds> = new Map();

/**
 * The key in the result of `continuationProofs` for the path parameter that a `router.param` function receives. It is the
 * function's last parameter: `id` in `(request, response, next, id)`.
 */
export const routePart = 'the part of the path';

/** Handwritten middleware has fewer continuation blocks. */
const maxWays = 20;

/**
 * Returns the sink kinds that fields of the request are safe for once a middleware lets the request continue. A key is the
 * name of a field, such as `query.name`. Error handlers get a result too, because they have as many parameters as
 * `router.param` functions, but it is never used.
 */
export function continuationProofs(frame: FunctionView): ReadonlyMap<string, Kinds> {
  const { linked, id } = frame;
  const { gatesAreDecorators } = frame.language;
  const fields = gatesAreDecorators ? partReads(frame) : undefined;
  if (fields?.size === 0) return nothing;
  const isHook = !gatesAreDecorators && isAsyncHook(frame);
  if (!gatesAreDecorators && !isHook && !isMiddleware(frame)) return nothing;
  const going = gatesAreDecorators
    ? viewBlocks(frame)
    : isHook
      ? unansweredBlocks(frame.func)
      : continuationBlocks(linked, id);
  const ways = going.filter((block) => block === 0 || frame.edges.reaches(block));
  if (ways.length === 0 || ways.length > maxWays) return nothing;
  const [first, ...others] = ways.map((block) =>
    isHook ? frame.edges.factsBehind(block) : factsIn(frame, block),
  );
  if (!first || others.includes(undefined)) return nothing;
  const found = new Map<string, Kinds>();
  const written = writtenNames(frame);
  if (written.has(undefined)) return nothing;
  for (const [value, name] of fields ?? requestFields(frame)) {
    if (name.split('.').some((part) => written.has(part))) continue;
    const clean = others.reduce<Kinds>(
      (all, facts) => all.intersect(provenKinds(facts, value, conjunctions)),
      provenKinds(first, value, conjunctions),
    );
    if (clean !== noKinds) found.set(name, clean);
  }
  return found;
}

/** `(request, response, next)`, `(request, response, next, part)`, and the `(context, next)` of Koa and Hono */
function isMiddleware({ func, handed }: FunctionView): boolean {
  const { length } = func.params;
  return length === 3 || length === 4 || (length === 2 && hasTrait(handed, 'next-handler-is-second'));
}

/** Fastify's `async (request, reply) => {}`: the request continues if the hook returns without a response. */
function isAsyncHook({ func, handed }: FunctionView): boolean {
  return func.async && func.params.length <= 2 && hasTrait(handed, 'continues-after-return');
}

/**
 * The facts at the point where a block continues. The end of the block counts only if the last call is the continuation,
 * because a later check would come too late.
 */
function factsIn(frame: FunctionView, block: BlockId): Facts | undefined {
  const { code, blocks } = frame.func;
  const calls = blocks[block]?.code.filter((value) => code[value]?.op === 'call') ?? [];
  const value = calls.at(-1) ?? -1;
  const last = code[value];
  const callee = last?.op === 'call' ? code[last.callee] : undefined;
  const isLast = frame.language.gatesAreDecorators
    ? callsView(frame, value)
    : callee?.op === 'param' && callee.index === nextIn(frame.func);
  return isLast ? frame.edges.factsBehind(block) : frame.edges.factsAt(block);
}

/** The names that a function stores to, which invalidates their checks. Undefined stands for an unknown name. */
function writtenNames(frame: FunctionView): ReadonlySet<string | undefined> {
  return new Set(
    frame.func.code.flatMap((inst) => {
      if (inst.op === 'store') return isItself(frame, inst) ? [] : [inst.name];
      return inst.op === 'store-index' ? [memberName(frame, inst.key)] : [];
    }),
  );
}

/** Whether a store only reflects an effect, as of `request.GET.get('name')`: the member keeps its value. */
function isItself(
  { func: { code } }: FunctionView,
  { name, value }: Inst & { readonly op: 'store' },
): boolean {
  let inst = code[value];
  while (inst?.op === 'effect') inst = code[inst.value];
  return inst?.op === 'member' && inst.name === name;
}

/** The methods that read a field from Hono's context: `context.req.param('id')`. */
const honoReads: ReadonlyMap<string, string> = new Map([
  ['param', 'params'],
  ['query', 'query'],
  ['header', 'headers'],
]);

/**
 * Returns the field of the request that a call on Hono's context reads: `context.req.param('id')` -> `['params', 'id']`.
 * Undefined for other calls.
 */
export function honoField(
  { func: { code } }: FunctionView,
  { callee, args }: Call,
): readonly [part: string, name: string] | undefined {
  const method = code[callee];
  const request = method?.op === 'member' ? code[method.object] : undefined;
  const context = request?.op === 'member' && request.name === 'req' ? code[request.object] : undefined;
  const part = method?.op === 'member' ? honoReads.get(method.name) : undefined;
  const name = code[args[0] ?? -1];
  return part !== undefined && context?.op === 'param' && context.index === 0 && name?.op === 'const'
    ? [part, String(name.value)]
    : undefined;
}

/** The field in a phi whose other inputs are empty constants. */
function givenField(
  frame: FunctionView,
  fields: ReadonlyMap<number, string>,
  inputs: readonly ValueId[],
): string | undefined {
  // The other inputs are empty, so no other text replaces the field.
  const others = inputs.filter((input) => {
    const inst = frame.inst(input);
    return inst.op !== 'const' || (inst.value !== '' && inst.value !== undefined && inst.value !== null);
  });
  const [only, more] = others;
  return only === undefined || more !== undefined || inputs.length === others.length
    ? undefined
    : fields.get(frame.valueNumbers[only] as number);
}

/** The value numbers of fields read from the request, and of the path parameter, with their names. */
function requestFields(frame: FunctionView): ReadonlyMap<number, string> {
  const { code } = frame.func;
  const hasMethods = hasTrait(frame.handed, 'fields-by-methods');
  const parts = new Map<number, string>();
  const fields = new Map<number, string>();
  for (let value = 0; value < code.length; value++) {
    const inst = code[value] as Inst;
    if (inst.op === 'param' && inst.index === 3) fields.set(frame.valueNumbers[value] as number, routePart);
    // `context.req.query('name') ?? ''`
    const given = inst.op === 'phi' ? givenField(frame, fields, inst.inputs) : undefined;
    if (given !== undefined) fields.set(frame.valueNumbers[value] as number, given);
    const read = inst.op === 'call' && hasMethods ? honoField(frame, inst) : undefined;
    if (read) fields.set(frame.valueNumbers[value] as number, read.join('.'));
    if (inst.op !== 'member' && inst.op !== 'index') continue;
    const name = inst.op === 'member' ? inst.name : memberName(frame, inst.key);
    if (name === undefined) continue;
    const object = frame.valueNumbers[inst.object] as number;
    const own = frame.valueNumbers[value] as number;
    const from = code[object];
    if (from?.op === 'param' && from.index === 0) parts.set(own, name);
    const part = parts.get(object);
    if (part !== undefined) fields.set(own, `${part}.${name}`);
  }
  return fields;
}

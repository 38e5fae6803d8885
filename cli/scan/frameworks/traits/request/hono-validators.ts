import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { allKinds, type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { isParsing } from '../../../schemas/parsing-methods.ts';
import { kindsOfClosed, kindsOfZod } from '../../../schemas/written-schemas.ts';

/** The bounds on nested middleware factories, and on the values that one returns. */
const maxDepth = 2;
const maxReturned = 8;
/** The bound on awaits, casts and effects around a value. */
const maxHops = 40;

/** Maps a value in a middleware factory to the value that its caller passes for it. */
type Resolve = (place: Place) => Place;

/**
 * Returns the sink kinds that a field of `c.req.valid(part)` is safe for, because a Hono middleware checks it. Without a
 * name, returns the kinds that all fields are safe for. The middleware is `zValidator('param', schema)`,
 * `validator('param', (value, c) => ...)`, or the result of a project function that returns one of these.
 */
export function kindsOfHono(
  linked: Linked,
  middleware: Place,
  part: string,
  name: string | undefined,
): Kinds {
  return ofMiddleware(linked, middleware, part, name, (place) => origin(linked, place), 0);
}

function ofMiddleware(
  linked: Linked,
  from: Place,
  part: string,
  name: string | undefined,
  resolve: Resolve,
  depth: number,
): Kinds {
  const { func, value } = origin(linked, from);
  const call = instAt(linked, { func, value });
  if (call?.op !== 'call' || depth > maxDepth) return noKinds;
  const makers = linked.targets(func, value);
  if (makers.length > maxReturned) return noKinds;
  if (makers.length === 0) {
    const [place, schema] = call.args;
    const given = place === undefined ? undefined : instAt(linked, resolve({ func, value: place }));
    if (given?.op !== 'const' || given.value !== part || schema === undefined) return noKinds;
    const functions = linked.functions(func, schema);
    return functions.length > 0
      ? functions.reduce<Kinds>((all, one) => all.intersect(ofFunction(linked, one, name, resolve)), allKinds)
      : kindsOfSchema(linked, resolve({ func, value: schema }), name);
  }
  let all: Kinds = allKinds;
  for (const maker of makers) {
    const passed: Resolve = (place) => {
      const made = origin(linked, place);
      const param = instAt(linked, made);
      const arg =
        param?.op === 'param' && made.func === maker.func ? call.args[param.index + maker.shift] : undefined;
      return arg === undefined ? made : resolve({ func, value: arg });
    };
    const returned = returnsOf(linked, maker.func);
    if (returned.length === 0) return noKinds;
    for (const one of returned)
      all = all.intersect(
        ofMiddleware(linked, { func: maker.func, value: one }, part, name, passed, depth + 1),
      );
  }
  return all;
}

function kindsOfSchema(linked: Linked, schema: Place, name: string | undefined): Kinds {
  return name === undefined ? kindsOfClosed(linked, schema) : kindsOfZod(linked, schema, name);
}

/**
 * The kinds that a validator function's result is clean for. It responds, throws, or returns what a schema admits of the value.
 */
function ofFunction(linked: Linked, func: number, name: string | undefined, resolve: Resolve): Kinds {
  const code = linked.program.functions[func]?.func.code ?? [];
  let all: Kinds | undefined;
  for (const value of returnsOf(linked, func)) {
    const { inst } = bare(code, value);
    if (!inst || isAnswer(code, inst)) continue;
    const schema = parsedBy(linked, func, inst);
    all = (all ?? allKinds).intersect(schema ? kindsOfSchema(linked, resolve(schema), name) : noKinds);
  }
  return all ?? noKinds;
}

/** `c.json({ error }, 400)`, or nothing. */
function isAnswer(code: readonly Inst[], inst: Inst): boolean {
  if (inst.op === 'const') return inst.value === undefined;
  const callee = inst.op === 'call' ? code[inst.callee] : undefined;
  const context = callee?.op === 'member' ? bare(code, callee.object).inst : undefined;
  return context?.op === 'param' && context.index === 1;
}

/**
 * The schema of `schema.parse(value)`, of `schema.safeParse(value).data` and of Valibot's `safeParse(schema, value).output`.
 */
function parsedBy(linked: Linked, func: number, inst: Inst): Place | undefined {
  const code = linked.program.functions[func]?.func.code ?? [];
  const call =
    inst.op === 'member' && /^(?:data|output|value)$/.test(inst.name) ? bare(code, inst.object).inst : inst;
  if (call?.op !== 'call') return undefined;
  const [first] = call.args;
  const callee = code[call.callee];
  if ((callee?.op !== 'member' && callee?.op !== 'import') || !isParsing(callee.name)) return undefined;
  const object =
    callee.op === 'member' ? instAt(linked, origin(linked, { func, value: callee.object })) : callee;
  const schema = callee.op === 'member' && object?.op !== 'import' ? callee.object : first;
  return schema === undefined ? undefined : { func, value: schema };
}

/** The values that a function may return, with phis resolved. */
function returnsOf(linked: Linked, func: number): readonly ValueId[] {
  const it = linked.program.functions[func]?.func;
  const found: ValueId[] = [];
  const seen = new Set(it?.blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : [])));
  for (const value of seen) {
    if (seen.size > maxReturned) return [];
    const made = bare(it?.code ?? [], value);
    if (made.inst?.op === 'phi') for (const input of made.inst.inputs) seen.add(input);
    else found.push(made.value);
  }
  return found;
}

/** The value behind awaits, casts and effects. */
function bare(
  code: readonly Inst[],
  from: ValueId,
): { readonly inst: Inst | undefined; readonly value: ValueId } {
  let value = from;
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = code[value];
    if (inst?.op !== 'await' && inst?.op !== 'typed' && inst?.op !== 'effect') break;
    value = inst.value;
  }
  return { inst: code[value], value };
}

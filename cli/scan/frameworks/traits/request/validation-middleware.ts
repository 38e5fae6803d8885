import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { Inst } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { goingOn, validationMiddleware } from '../../../libraries/javascript/data/validation-middleware.ts';
import { entry, kindsOfZod } from '../../../schemas/written-schemas.ts';

/**
 * Returns the sink kinds that a field is safe for after a library's validation middleware, such as `celebrate({
 * [Segments.BODY]: schema })` or `validator.query(schema)`.
 */
export function kindsOfLibrary(linked: Linked, from: Place, part: string, name: string): Kinds {
  const { func, value } = origin(linked, from);
  const call = instAt(linked, { func, value });
  const [first] = call?.op === 'call' ? call.args : [];
  if (call?.op !== 'call' || first === undefined) return noKinds;
  const callee = origin(linked, { func, value: call.callee });
  const inst = instAt(linked, callee);
  const library = inst?.op === 'member' ? makerOf(linked, { ...callee, value: inst.object }) : inst;
  if ((inst?.op !== 'member' && inst?.op !== 'import') || library?.op !== 'import') return noKinds;
  const known = validationMiddleware.get(library.specifier);
  const given = { func, value: first };
  if (known?.ofOne.get(inst.name) === part) return kindsOfZod(linked, given, name);
  const schema = known?.ofParts.has(inst.name) ? partOfSchemas(linked, given, part) : undefined;
  return schema ? kindsOfZod(linked, schema, name) : noKinds;
}

/** The import that a value is, or that a factory of it comes from: `createValidator({ passError: true })`. */
function makerOf(linked: Linked, from: Place): Inst | undefined {
  const made = origin(linked, from);
  const inst = instAt(linked, made);
  if (inst?.op !== 'call') return inst;
  const callee = origin(linked, { func: made.func, value: inst.callee });
  const maker = instAt(linked, callee);
  return maker?.op === 'member' ? instAt(linked, origin(linked, { ...callee, value: maker.object })) : maker;
}

/** The schema of one part in an object of schemas, under its name or a constant's: `[Segments.BODY]`. */
function partOfSchemas(linked: Linked, given: Place, part: string): Place | undefined {
  const named = entry(linked, given, part);
  if (named) return named;
  const place = origin(linked, given);
  const inst = instAt(linked, place);
  if (inst?.op !== 'object') return undefined;
  const at = inst.keys.findIndex((key) => {
    const constant = typeof key === 'number' ? instAt(linked, { func: place.func, value: key }) : undefined;
    return constant?.op === 'member' && constant.name.toLowerCase() === part;
  });
  const value = inst.values[at];
  return value === undefined ? undefined : { func: place.func, value };
}

/**
 * Returns the sink kinds that a field is safe for, because a route object declares a schema. An example is hapi's `{
 * options: { validate: { payload } }, handler }`.
 */
export function kindsOfRouteObject(linked: Linked, route: Place, part: string, name: string): Kinds {
  const options = entry(linked, route, 'options') ?? entry(linked, route, 'config') ?? route;
  const validate = entry(linked, options, 'validate');
  const action = validate && entry(linked, validate, 'failAction');
  const inst = action && instAt(linked, action);
  // A function of the project may let the request continue.
  if (!validate || (inst && (inst.op !== 'const' || goingOn.has(inst.value)))) return noKinds;
  const schema = entry(linked, validate, part === 'querystring' ? 'query' : part);
  return schema ? kindsOfZod(linked, schema, name) : noKinds;
}

const routeObjectsByHandler = memoized((linked: Linked): ReadonlyMap<number, readonly Place[]> => {
  const all = new Map<number, Place[]>();
  linked.program.instructions.each('object', (inst, { id }, value) => {
    const held = inst.values[inst.keys.indexOf('handler')];
    if (held === undefined || !inst.keys.some((key) => typeof key === 'string' && saying.has(key))) return;
    for (const func of linked.functions(id, held)) {
      const routes = all.get(func);
      if (routes) routes.push({ func: id, value });
      else all.set(func, [{ func: id, value }]);
    }
  });
  return all;
});

/** Finds the route objects with this handler and with options for its requests: `{ handler, options: { validate } }`. */
export function routeObjects(linked: Linked, handler: number): readonly Place[] {
  const known = routeObjectsByHandler(linked);
  return known.get(handler) ?? [];
}

const saying: ReadonlySet<string> = new Set(['options', 'config', 'validate', 'schema']);

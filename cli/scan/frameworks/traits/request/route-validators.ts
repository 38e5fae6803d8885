import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { Call, Func, Inst } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { isParsing } from '../../../schemas/parsing-methods.ts';
import { harmlessText } from '../../../schemas/schema-types.ts';
import { entry, kindsOfZod } from '../../../schemas/written-schemas.ts';
import { kindsAdmittedBy } from '../../../semantics/pattern/pattern-kinds.ts';
import { kindsOfChecking } from './checking-middleware.ts';
import type { RouteCall } from './route-schemas.ts';
import { kindsOfLibrary } from './validation-middleware.ts';

/** The parts of a request, by their express-validator names. */
const places: ReadonlyMap<string, string> = new Map([
  ['body', 'body'],
  ['query', 'querystring'],
  ['param', 'params'],
  ['header', 'headers'],
]);

const sent: ReadonlySet<string> = new Set(places.values());

/** Methods that convert a field, whether or not the program reads the validation result. */
const made: ReadonlyMap<string, Kinds> = new Map([
  ['toInt', allKinds],
  ['toFloat', allKinds],
  ['toBoolean', allKinds],
  ['toDate', allKinds],
  ['toString', harmlessText],
  ['escape', kinds('xss')],
]);

/** Methods that refuse a field, if the program reads the validation result. */
const refusing: ReadonlyMap<string, Kinds> = new Map([
  ...`isInt isFloat isNumeric isDecimal isBoolean isUUID isMongoId isHexadecimal isIn isISO8601 isPort isULID`
    .split(' ')
    .map((name) => [name, allKinds] as const),
  ['isString', harmlessText],
  ['isEmail', harmlessText],
  ['isURL', harmlessText],
  ['isAlpha', kindsAdmittedBy('[a-zA-Z]+', '', 'fullmatch')],
  ['isAlphanumeric', kindsAdmittedBy('[a-zA-Z0-9]+', '', 'fullmatch')],
  ['isSlug', kindsAdmittedBy('[a-z0-9_-]+', '', 'fullmatch')],
]);

/** The bound on a chain and on a list of chains, which are handwritten. */
const maxSteps = 40;

/** Returns the sink kinds that a field is safe for after the middleware that precedes the handler in a route. */
export function kindsOfMiddleware(
  linked: Linked,
  func: number,
  call: RouteCall,
  part: string,
  name: string,
  handler: number,
): Kinds {
  let clean = noKinds;
  for (const arg of call.args.slice(0, maxSteps)) {
    // Functions after the handler run once it has responded.
    if (linked.functions(func, arg).includes(handler)) break;
    // The factory of the middleware, before `validate(schema)` resolves to the function that it returned.
    const maker = instAt(linked, { func, value: arg });
    const isOwn = maker?.op === 'call' && linked.targets(func, arg).length > 0;
    // `validate([body('email').isEmail()])`: a function of the project runs the chains.
    const lists = [arg, ...(isOwn ? maker.args.slice(0, maxSteps) : [])];
    if (sent.has(part))
      for (const chain of lists.flatMap((value) => chainsIn(linked, { func, value })))
        clean = clean.union(ofChain(linked, func, call, chain, part, name));
    const sentAs = part === 'querystring' ? 'query' : part;
    for (const one of chainsIn(linked, { func, value: arg }))
      clean = clean.union(
        kindsOfLibrary(linked, one, sentAs, name).union(kindsOfChecking(linked, one, sentAs, name)),
      );
    if (maker?.op === 'call' && replaces(linked, { func, value: arg }, part))
      for (const value of maker.args) clean = clean.union(kindsOfZod(linked, { func, value }, name));
  }
  return clean;
}

/** A chain, or the chains of a list. Also resolves an object with the rules of several routes: `rules.login`. */
function chainsIn(linked: Linked, from: Place): readonly Place[] {
  let place = origin(linked, from);
  let inst = instAt(linked, place);
  if (inst?.op === 'member') {
    place = entry(linked, { func: place.func, value: inst.object }, inst.name) ?? place;
    inst = instAt(linked, place);
  }
  const { func } = place;
  return inst?.op === 'list' ? inst.items.slice(0, maxSteps).map((value) => ({ func, value })) : [place];
}

/** `body('email').isEmail()` */
function ofChain(
  linked: Linked,
  func: number,
  route: RouteCall,
  from: Place,
  part: string,
  name: string,
): Kinds {
  let clean = noKinds;
  let asked = noKinds;
  let place = origin(linked, from);
  for (let i = 0; i < maxSteps; i++) {
    const call = instAt(linked, place);
    const callee = call?.op === 'call' ? instAt(linked, { func: place.func, value: call.callee }) : undefined;
    if (call?.op !== 'call') return noKinds;
    const first = instAt(linked, origin(linked, { func: place.func, value: call.args[0] ?? -1 }));
    if (callee?.op === 'import') {
      if (callee.name === 'checkSchema' && callee.specifier === 'express-validator')
        return isAsked(linked, func, route) ? ofSchema(linked, place, call, part, name) : noKinds;
      if (callee.specifier !== 'express-validator' || first?.op !== 'const' || first.value !== name)
        return noKinds;
      if (callee.name !== 'check' && places.get(callee.name) !== part) return noKinds;
      return asked !== noKinds && isAsked(linked, func, route) ? clean.union(asked) : clean;
    }
    // After `if`, the checks are conditional.
    if (callee?.op !== 'member' || callee.name === 'if') return noKinds;
    clean = clean.union(made.get(callee.name) ?? noKinds);
    asked = asked.union(
      callee.name === 'matches' && first?.op === 'regex'
        ? kindsAdmittedBy(first.source, first.flags, 'search')
        : (refusing.get(callee.name) ?? noKinds),
    );
    place = origin(linked, { func: place.func, value: callee.object });
  }
  return noKinds;
}

/** `checkSchema({ email: { in: ['body'], isEmail: true } })`, `checkSchema({ email: { isEmail: true } }, ['body'])` */
function ofSchema(linked: Linked, { func }: Place, { args }: Call, part: string, name: string): Kinds {
  const [schema, everywhere] = args;
  const field = schema === undefined ? undefined : entry(linked, { func, value: schema }, name);
  const inst = field && instAt(linked, field);
  if (!field || inst?.op !== 'object') return noKinds;
  const listed =
    entry(linked, field, 'in') ?? (everywhere === undefined ? undefined : { func, value: everywhere });
  const list = listed && instAt(linked, origin(linked, listed));
  const isHere = (value: number): boolean => {
    const one = instAt(linked, { func: (listed as Place).func, value });
    return one?.op === 'const' && schemaPlaces.get(String(one.value)) === part;
  };
  if (list && !(list.op === 'list' ? list.items.some(isHere) : isHere((listed as Place).value)))
    return noKinds;
  return inst.keys.reduce<Kinds>((clean, key, i) => {
    const value = instAt(linked, { func: field.func, value: inst.values[i] ?? -1 });
    const isOff = value?.op === 'const' && value.value === false;
    return typeof key !== 'string' || isOff
      ? clean
      : clean.union(made.get(key) ?? noKinds).union(refusing.get(key) ?? noKinds);
  }, noKinds);
}

/** The parts of a request, by the names of `checkSchema`. */
const schemaPlaces: ReadonlyMap<string, string> = new Map([
  ...places,
  ['params', 'params'],
  ['headers', 'headers'],
]);

/** Whether a function of the route reads the validation result. */
function isAsked(linked: Linked, func: number, route: RouteCall): boolean {
  return route.args.some((arg) =>
    linked
      .functions(func, arg)
      .some((id) =>
        linked.program.functions[id]?.func.code.some(
          (inst) => inst.op === 'import' && inst.name === 'validationResult',
        ),
      ),
  );
}

/**
 * Whether `validate(schema)`, a factory of the project, makes middleware that stores the parsed data in the request, in place
 * of the input or beside it.
 */
function replaces(linked: Linked, { func, value }: Place, part: string): boolean {
  const name = part === 'querystring' ? 'query' : part;
  const makers = linked.targets(func, value);
  return (
    makers.length > 0 &&
    makers.every((maker) => {
      const it = linked.program.functions[maker.func]?.func;
      const ends = it?.blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : [])) ?? [];
      const inner = ends.flatMap((end) => linked.functions(maker.func, end));
      return (
        inner.length > 0 && inner.every((id) => stores(linked.program.functions[id]?.func.code ?? [], name))
      );
    })
  );
}

/** `req.body = schema.parse(req.body)`, `req.valid = result.data` */
function stores(code: readonly Inst[], name: string): boolean {
  return code.some((inst) => {
    if (inst.op !== 'store' || inst.name !== name || !isRequest(code, inst.object)) return false;
    let from = code[inst.value];
    for (
      let i = 0;
      i < maxSteps && (from?.op === 'await' || from?.op === 'typed' || from?.op === 'effect');
      i++
    )
      from = code[from.value];
    // `result.data`, of the result of `safeParse`.
    if (from?.op === 'member') {
      const result = code[from.object];
      from = result?.op === 'await' ? code[result.value] : result;
    }
    const callee = from?.op === 'call' ? code[from.callee] : undefined;
    return callee?.op === 'member' && isParsing(callee.name);
  });
}

function isRequest(code: readonly Inst[], value: number): boolean {
  let inst = code[value];
  for (let i = 0; i < maxSteps; i++) {
    if (inst?.op === 'store') inst = code[inst.object];
    else if (inst?.op === 'typed' || inst?.op === 'effect' || inst?.op === 'cell-store')
      inst = code[inst.value];
    else break;
  }
  return inst?.op === 'param' && inst.index === 0;
}

const dropsOperators = memoized((linked: Linked): boolean => {
  // `app.use(mongoSanitize())`
  return linked.program.instructions.some('call', (inst, { id, func }) => {
    const callee = func.code[inst.callee];
    if (callee?.op === 'member' && callee.name === 'set') return setsFilters(func, inst);
    if (callee?.op !== 'member' || callee.name !== 'use') return false;
    return inst.args.some((arg) => {
      const place = origin(linked, { func: id, value: arg });
      const made = instAt(linked, place);
      if (made?.op !== 'call') return false;
      const from = instAt(linked, origin(linked, { func: place.func, value: made.callee }));
      return from?.op === 'import' && from.specifier === 'express-mongo-sanitize';
    });
  });
});

/**
 * Whether the project removes MongoDB's operators from all requests, with express-mongo-sanitize or Mongoose's
 * `sanitizeFilter`.
 */
export function losesOperators(linked: Linked): boolean {
  const isUsed = dropsOperators(linked);
  return isUsed;
}

/** `mongoose.set('sanitizeFilter', true)` */
function setsFilters({ code }: Func, { args }: Call): boolean {
  const [name, value] = args.map((arg) => code[arg]);
  return (
    name?.op === 'const' && name.value === 'sanitizeFilter' && value?.op === 'const' && value.value === true
  );
}

import type { Linked } from '../../callgraph/linked.ts';
import { type Decorator, decoratedIn, decoratorsOf } from '../../callgraph/query/decorators.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { State } from '../../models/api.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { kindsAdmittedBy } from '../../semantics/pattern/pattern-kinds.ts';

/** Django passes unnamed groups by position. */
const unnamedGroup = /\((?!\?)/;

/**
 * Whether a view gets a parameter only from routes with a path parameter of this name. On other routes it keeps its default, or
 * the program itself passes it.
 */
function isOfPathAlone(linked: Linked, func: number, name: string, states: readonly State[]): boolean {
  const bringing = states.filter(({ sources }) => sources.length > 0);
  if (bringing.length === 0 || !bringing.every(passesPathPartsOnly)) return false;
  return isOfRoutes(linked, func, name);
}

function passesPathPartsOnly({ traits }: State): boolean {
  return traits.has('passes-path-parts-only');
}

/** Whether all routes to a view are known, as far as they could have a path parameter of this name. */
function isOfRoutes(linked: Linked, func: number, name: string): boolean {
  const param = linked.program.functions[func]?.func.params.find((one) => one.name === name);
  if (!param || param.rest) return false;
  const { unknown, prefixes } = registered(linked);
  return (
    !unknown.has(func) &&
    !unknown.has(classKey(linked.classOf(func))) &&
    !decoratorsOf(linked, func).some((decorator) => isUnknownRoute(linked, decorator)) &&
    !prefixes.some((prefix) => mayHave(prefix, name))
  );
}

/**
 * Whether a wrapper that calls `view(request, **kwargs)` passes no untrusted data for this parameter of the view. True if
 * all routes to the view are known, and none has a path parameter of this name. False if the wrapper may receive untrusted
 * data other than path parameters.
 * @param handed the library types that call the wrapper as a handler
 */
export function hasNoPart(linked: Linked, func: number, name: string, handed: readonly State[]): boolean {
  if (handed.length === 0 || !handed.every(passesPathPartsOnly)) return false;
  const routes = routesOf(linked, func);
  return (
    routes.length > 0 && routes.every((route) => !mayHave(route, name)) && isOfRoutes(linked, func, name)
  );
}

/**
 * Decorators that pass fields of the body or query themselves: `@use_args(...)`, `@blp.arguments(Schema)`,
 * `@app.input(Schema)`.
 */
const handsInMore = /arg|input|valid|body|json|schema|param|expect|pars|form|query|load|inject|provide/i;

/** Whether a decorator's route is not constant, `@app.route(PREFIX + '/list')`, or it passes more than path parameters. */
function isUnknownRoute({ program }: Linked, { func, call }: Decorator): boolean {
  const code = program.functions[func]?.func.code ?? [];
  const callee = code[call.callee];
  if (callee?.op !== 'member' && callee?.op !== 'import') return false;
  if (!registrars.has(callee.name)) return handsInMore.test(callee.name);
  return code[call.args[0] ?? -1]?.op !== 'const';
}

/** The key of a class among functions: a number that no function has. */
function classKey(owner: number): number {
  return -1 - owner;
}

/** Whether a route has a parameter of this name, or an unnamed one: `<name>`, `<path:name>`, `(?P<name>...)`. */
function mayHave(route: string, name: string): boolean {
  return (
    route.length > maxRoute ||
    unnamedGroup.test(route) ||
    route.includes(`<${name}>`) ||
    route.includes(`:${name}>`)
  );
}

/** Route converters that admit no free text. */
const converter = /<(?:(?:int|float|uuid):(\w+)|(\w+):(?:int|float|uuid))>|\{(\w+):(?:int|float|uuid)\}/g;

/**
 * Whether all routes to a function convert a path parameter to a number or an id, such as `/items/<int:id>`. False without
 * routes.
 */
export function isConvertedParam(linked: Linked, func: number, index: number): boolean {
  const name = linked.program.functions[func]?.func.params[index]?.name;
  if (name === undefined) return false;
  const routes = routesOf(linked, func);
  return routes.length > 0 && routes.every((route) => convertedIn(route).includes(name));
}

function convertedIn(route: string): readonly string[] {
  return [...route.matchAll(converter)].map(
    ([, flask, bottle, starlette]) => flask ?? bottle ?? starlette ?? '',
  );
}

/** A path parameter with its own expression: `{id:\d+}`, `<id:re:[a-f]+>`, and Django's `(?P<id>\d+)`. */
const expression =
  /[{<](\w+):(?:re:)?([^{}<>]{1,60}(?:\{\d{1,4}(?:,\d{0,4})?\})?[^{}<>]{0,20})[}>]|\(\?P<(\w+)>((?:[^()\\]|\\.){1,60})\)/g;
/** No real route is longer. */
const maxRoute = 500;

/** No real route has more parameters. */
const maxParts = 40;

/**
 * Returns the sink kinds that a path parameter is safe for in a function, because all routes to the function restrict it.
 */
export function admittedByRoute(linked: Linked, func: number, name: string, states: readonly State[]): Kinds {
  const routes = routesOf(linked, func);
  if (routes.length === 0) return noKinds;
  const isWhole = !hasTrait(states, 'decodes-path-parts');
  const isOfPath = isOfPathAlone(linked, func, name, states);
  return routes.reduce(
    (all, route) => (isOfPath && !mayHave(route, name) ? all : all.intersect(kindsIn(route, name, isWhole))),
    allKinds,
  );
}

/**
 * Returns, by name, the sink kinds that each path parameter is safe for in a function, because all routes to the function
 * restrict it. For code that reads all parameters at once, such as `self.kwargs`, `**kwargs` or `request.path_params`.
 */
export function admittedParts(
  linked: Linked,
  func: number,
  states: readonly State[],
): ReadonlyMap<string, Kinds> {
  const key = `${func} ${states.map((state) => state.id).join()}`;
  const ofAll = knownParts(linked);
  const before = ofAll.get(key);
  if (before) return before;
  const parts = partsOf(linked, func, states);
  ofAll.set(key, parts);
  return parts;
}

const knownParts = memoized((_: Linked) => new Map<string, ReadonlyMap<string, Kinds>>());
/** With more routes, not all parameters are computed. */
const maxRoutes = 40;

function partsOf(linked: Linked, func: number, states: readonly State[]): ReadonlyMap<string, Kinds> {
  const [first = '', ...others] = routesOf(linked, func);
  if (others.length >= maxRoutes) return new Map();
  const names = new Set(first.slice(0, maxRoute).match(/\w+/g)?.slice(0, maxParts));
  const found = [...names].map((name) => [name, admittedByRoute(linked, func, name, states)] as const);
  return new Map(found.filter(([, clean]) => clean !== noKinds));
}

/**
 * One segment holds no separator, so like a base name it leads to no file outside a folder. Like `basename`, it may be `..`. So
 * an operation on the parent folder (`rmtree`), or on a file with a constant name in it, stays possible.
 */
const segmentKinds = kinds('path');
/** `<any(daily, weekly):kind>` admits the listed words, `<int(min=1):id>` a number. */
const listed = /<(?:any|int|float)\([^<>()]{0,200}\):(\w+)>/g;
/** `<name>`, `<str:name>`, `<string(length=2):name>`, `{name}`, `{name:str}`: WSGI and ASGI decode the path before matching. */
const segment = /<(?:str(?:ing)?(?:\([^<>()]{0,40}\))?:)?(\w+)>|\{(\w+)(?::str)?\}/g;
/** `[^/]+` */
const noSeparator = /^\[\^[^\]]{0,20}\/[^\]]{0,20}\](?:[+*?]|\{[\d,]{1,9}\})?$/;

/** `isWhole`: the parameter is exactly the matched text, without further decoding. */
function kindsIn(route: string, name: string, isWhole: boolean): Kinds {
  if (route.length > maxRoute) return noKinds;
  if (route.includes(`<slug:${name}>`)) return kindsAdmittedBy('[\\w-]+', '', 'fullmatch');
  if (convertedIn(route).includes(name)) return allKinds;
  for (const [, own] of route.matchAll(listed)) if (own === name) return allKinds;
  for (const [, own, source = '', group, inGroup = ''] of route.matchAll(expression)) {
    const inner = own === name ? source : group === name ? inGroup : undefined;
    if (inner === undefined) continue;
    if (noSeparator.test(inner)) return isWhole ? segmentKinds : noKinds;
    // Text without a character class names a converter: `{file:path}`.
    if (group === name || /[[\\]/.test(inner)) return kindsAdmittedBy(inner, '', 'fullmatch');
  }
  if (!isWhole) return noKinds;
  for (const [, angled, braced] of route.matchAll(segment))
    if (angled === name || braced === name) return segmentKinds;
  return noKinds;
}

/** The constant routes that lead to a function. */
function routesOf(linked: Linked, func: number): readonly string[] {
  const { functions } = linked.program;
  const decorating = decoratorsOf(linked, func).flatMap(({ func: outer, call }) => {
    const inst = functions[outer]?.func.code[call.args[0] ?? -1];
    return inst?.op === 'const' && typeof inst.value === 'string' && inst.value.includes('/')
      ? [inst.value]
      : [];
  });
  const views = registered(linked);
  return [
    ...decorating,
    ...(views.functions.get(func) ?? []),
    ...(views.classes.get(linked.classOf(func)) ?? []),
  ];
}

interface Routes {
  readonly functions: ReadonlyMap<number, readonly string[]>;
  readonly classes: ReadonlyMap<number, readonly string[]>;
  /** The functions and classes with a route that is not constant. */
  readonly unknown: ReadonlySet<number>;
  /** The prefixes of blueprints and included routes, as far as they have parameters. */
  readonly prefixes: readonly string[];
}

const registrars: ReadonlySet<string> = new Set(
  `path re_path url add_url_rule route add_route Route add_get add_post add_put add_patch add_delete get post put patch
  delete add_resource`.split(/\s+/),
);

/** The routes of each view function and class: `path('items/<int:id>', view)`, `path('items/<slug:name>', View.as_view())`. */
const registered = memoized((linked: Linked): Routes => {
  const functions = new Map<number, string[]>();
  const classes = new Map<number, string[]>();
  const unknown = new Set<number>();
  const prefixes: string[] = [];
  const inWrappers = decoratedIn(linked);
  // A decorator of the project has one wrapper for all functions that it decorates. The name selects the right one.
  const wrapped = (wrapper: number, read: Inst | undefined): readonly number[] =>
    read?.op !== 'member' && read?.op !== 'import'
      ? []
      : (inWrappers.get(wrapper) ?? []).filter(
          (one) => linked.program.functions[one]?.func.name === read.name,
        );
  linked.program.instructions.each('call', (inst, { id, func }) => {
    for (const prefix of prefixesIn(func, inst)) prefixes.push(prefix);
    if (inst.args.length < 2) return;
    const callee = func.code[inst.callee];
    if ((callee?.op !== 'import' && callee?.op !== 'member') || !registrars.has(callee.name)) return;
    const texts = inst.args.flatMap((arg) => {
      const text = func.code[arg];
      return text?.op === 'const' && typeof text.value === 'string' ? [text.value] : [];
    });
    // Flask-RESTful takes the class first, then all its paths.
    const isResource = callee.name === 'add_resource';
    const [first] = inst.args;
    const routes = isResource ? texts : func.code[first ?? -1]?.op === 'const' ? texts.slice(0, 1) : [];
    const isUnknown = routes.length === 0 && withPath.has(callee.name);
    if (routes.length === 0 && !isUnknown) return;
    for (const arg of isResource ? inst.args.slice(0, 1) : inst.args.slice(1)) {
      for (const view of linked.functions(id, arg).flatMap((one) => [one, ...wrapped(one, func.code[arg])])) {
        if (isUnknown) unknown.add(view);
        else put(functions, view, routes);
      }
      for (const view of viewClasses(linked, id, func.code, arg))
        for (const owner of [view, ...linked.ancestors(view)]) {
          if (isUnknown) unknown.add(classKey(owner));
          else put(classes, owner, routes);
        }
    }
  });
  return { functions, classes, unknown, prefixes };
});

/** Functions that only register routes and take the path as an argument. */
const withPath: ReadonlySet<string> = new Set(['path', 're_path', 'url', 'add_url_rule', 'add_resource']);

const noRoutes: readonly string[] = [];

/** `Blueprint('shop', url_prefix='/<lang>')`, `path('<slug:team>/', include(...))` */
function prefixesIn({ code }: Func, inst: Call): readonly string[] {
  const named = inst.names?.indexOf('url_prefix') ?? -1;
  const second = code[inst.args[1] ?? -1];
  const included = second?.op === 'call' ? code[second.callee] : undefined;
  const isIncluded = (included?.op === 'import' || included?.op === 'member') && included.name === 'include';
  if (named < 0 && !isIncluded) return noRoutes;
  const prefix = code[(named >= 0 ? inst.args[named] : inst.args[0]) ?? -1];
  const parts = prefix?.op === 'text' ? prefix.parts.map((part) => code[part]) : [prefix];
  return parts.flatMap((part) =>
    part?.op === 'const' && typeof part.value === 'string' && /[<(]/.test(part.value) ? [part.value] : [],
  );
}

function put(all: Map<number, string[]>, key: number, routes: readonly string[]): void {
  const before = all.get(key);
  if (before) before.push(...routes);
  else all.set(key, [...routes]);
}

/** The classes that handle a route: a class, an instance of one, or `View.as_view()`. */
function viewClasses(linked: Linked, id: number, code: readonly Inst[], view: ValueId): readonly number[] {
  const made = code[view];
  const callee = made?.op === 'call' ? code[made.callee] : undefined;
  if (callee?.op === 'member' && callee.name === 'as_view') return linked.classes(id, callee.object);
  return [...linked.classes(id, view), ...linked.instances(id, view)];
}

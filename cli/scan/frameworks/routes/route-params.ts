import type { Linked } from '../../callgraph/linked.ts';
import { type Decorator, decoratorsOf } from '../../callgraph/query/decorators.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { memoized } from '../../ir/memoized.ts';
import type { State } from '../../models/api.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { charactersOf, kindsAdmittedBy, skipGroup } from '../../semantics/pattern/pattern-kinds.ts';
import { anyText, classKey, registered, registrars, routesOf } from './registered-routes.ts';

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
 * @param handed the library types that call the wrapper, for example as a handler
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
 * Whether all routes to a function convert a path parameter to a number or a UUID, such as `/items/<int:id>`. False if
 * there are no routes.
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
  const position = hasTrait(states, 'passes-path-parts-first') ? positionOf(linked, func, name) : -1;
  return routes.reduce(
    (all, route) =>
      isOfPath && !mayHave(route, name)
        ? all
        : all.intersect(kindsIn(route, unnamedGroups(route)[position] ?? '', name, isWhole)),
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

/**
 * @param unnamed the expression of the unnamed group that the framework passes for this parameter, if any
 * @param isWhole the parameter is exactly the matched text, without further decoding
 */
function kindsIn(route: string, unnamed: string, name: string, isWhole: boolean): Kinds {
  if (route.length > maxRoute) return noKinds;
  if (unnamed !== '') return kindsOfExpression(unnamed, isWhole);
  if (route.includes(`<slug:${name}>`)) return kindsAdmittedBy('[\\w-]+', '', 'fullmatch');
  if (convertedIn(route).includes(name)) return allKinds;
  for (const [, own] of route.matchAll(listed)) if (own === name) return allKinds;
  for (const [, own, source = '', group, inGroup = ''] of route.matchAll(expression)) {
    const inner = own === name ? source : group === name ? inGroup : undefined;
    if (inner === undefined) continue;
    // Text without a character class names a converter: `{file:path}`.
    if (group === name || /[[\\]/.test(inner)) return kindsOfExpression(inner, isWhole);
  }
  if (!isWhole) return noKinds;
  for (const [, angled, braced] of route.matchAll(segment))
    if (angled === name || braced === name) return segmentKinds;
  return noKinds;
}

function kindsOfExpression(inner: string, isWhole: boolean): Kinds {
  if (noSeparator.test(inner)) return isWhole ? segmentKinds : noKinds;
  // A `%` begins any other character.
  if (!isWhole && charactersOf(inner)?.has('%') !== false) return noKinds;
  return kindsAdmittedBy(inner, '', 'fullmatch');
}

function positionOf(linked: Linked, func: number, name: string): number {
  return linked.program.functions[func]?.func.params.findIndex((one) => one.name === name) ?? -1;
}

/**
 * The expressions of the groups that are passed by position: none if any group has a name, and none after any text, which may stand
 * for an unknown part with groups of its own.
 */
function unnamedGroups(route: string): readonly string[] {
  if (route.length > maxRoute || route.includes('(?P<')) return [];
  const groups: string[] = [];
  let inClass = false;
  for (let i = 0; i < route.length; i++) {
    if (route[i] === '\\') i++;
    else if (inClass) inClass = route[i] !== ']';
    else if (route[i] === '[') inClass = true;
    else if (route.startsWith(anyText, i)) break;
    else if (route[i] === '(' && route[i + 1] !== '?')
      groups.push(route.slice(i + 1, Math.max(i + 1, skipGroup(route, i) - 1)));
  }
  return groups;
}

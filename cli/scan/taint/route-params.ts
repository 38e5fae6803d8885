import type { Linked } from '../link/linked.ts';
import { decoratorsOf } from './decorators.ts';
import { allKinds, type Kinds, noKinds } from './kinds.ts';
import { kindsAdmittedBy } from './pattern-kinds.ts';

/** Converters of routes that let nothing through that somebody could have written freely. */
const converter = /<(?:(?:int|float|uuid):(\w+)|(\w+):(?:int|float|uuid))>|\{(\w+):(?:int|float|uuid)\}/g;

/** Whether a parameter is a part of the path that the route takes for a number or an id alone: `/items/<int:id>`. */
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

/** A part of a route with an expression of its own: `{id:\d+}`, `<id:re:[a-f]+>`, and Django's `(?P<id>\d+)`. */
const expression =
  /[{<](\w+):(?:re:)?([^{}<>]{1,60}(?:\{\d{1,4}(?:,\d{0,4})?\})?[^{}<>]{0,20})[}>]|\(\?P<(\w+)>((?:[^()\\]|\\.){1,60})\)/g;
/** Longer routes than this are nobody's. */
const maxRoute = 500;

/** For which kinds a part of the path is harmless, as the routes to a function let nothing else through. */
export function admittedByRoute(linked: Linked, func: number, name: string): Kinds {
  const routes = routesOf(linked, func);
  return routes.length === 0 ? noKinds : routes.reduce((all, route) => all & kindsIn(route, name), allKinds);
}

function kindsIn(route: string, name: string): Kinds {
  if (route.length > maxRoute) return noKinds;
  if (route.includes(`<slug:${name}>`)) return kindsAdmittedBy('[\\w-]+', '', 'fullmatch');
  for (const [, own, source = '', group, inGroup = ''] of route.matchAll(expression)) {
    // What has no class of characters names a converter: `{file:path}`.
    if (own === name && /[[\\]/.test(source)) return kindsAdmittedBy(source, '', 'fullmatch');
    if (group === name) return kindsAdmittedBy(inGroup, '', 'fullmatch');
  }
  return noKinds;
}

/** The texts of the routes that lead to a function. */
function routesOf(linked: Linked, func: number): readonly string[] {
  const { functions } = linked.program;
  const decorating = decoratorsOf(linked, func).flatMap(({ func: outer, call }) => {
    const inst = functions[outer]?.func.code[call.args[0] ?? -1];
    return inst?.op === 'const' && typeof inst.value === 'string' && inst.value.includes('/')
      ? [inst.value]
      : [];
  });
  return [...decorating, ...(registered(linked).get(func) ?? [])];
}

const known = new WeakMap<Linked, ReadonlyMap<number, readonly string[]>>();
const registrars: ReadonlySet<string> = new Set(
  `path re_path add_url_rule route add_route Route add_get add_post add_put add_patch add_delete get post put patch
  delete`.split(/\s+/),
);

/** `path('items/<int:id>', view)`, by the view. */
function registered(linked: Linked): ReadonlyMap<number, readonly string[]> {
  const before = known.get(linked);
  if (before) return before;
  const all = new Map<number, string[]>();
  linked.program.instructions.each('call', (inst, { id, func }) => {
    if (inst.args.length < 2) return;
    const callee = func.code[inst.callee];
    if ((callee?.op !== 'import' && callee?.op !== 'member') || !registrars.has(callee.name)) return;
    const text = func.code[inst.args[0] ?? -1];
    if (text?.op !== 'const' || typeof text.value !== 'string') return;
    for (const arg of inst.args.slice(1)) {
      for (const view of linked.functions(id, arg)) {
        const texts = all.get(view);
        if (texts) texts.push(text.value);
        else all.set(view, [text.value]);
      }
    }
  });
  known.set(linked, all);
  return all;
}

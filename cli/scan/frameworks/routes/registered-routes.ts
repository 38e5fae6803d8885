import type { Linked } from '../../callgraph/linked.ts';
import { decoratedIn, decoratorsOf } from '../../callgraph/query/decorators.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { hole, textWithHoles } from '../../semantics/pattern/pattern-at.ts';

/** The number that stands for a class in a set of function numbers. No function has this number. */
export function classKey(owner: number): number {
  return -1 - owner;
}

/** The constant routes that lead to a function. */
export function routesOf(linked: Linked, func: number): readonly string[] {
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

export interface Routes {
  readonly functions: ReadonlyMap<number, readonly string[]>;
  readonly classes: ReadonlyMap<number, readonly string[]>;
  /** The functions and classes with a route that is not constant. */
  readonly unknown: ReadonlySet<number>;
  /** The prefixes of blueprints and included routes that have parameters, such as `/<lang>`. */
  readonly prefixes: readonly string[];
}

export const registrars: ReadonlySet<string> = new Set(
  `path re_path url add_url_rule route add_route Route add_get add_post add_put add_patch add_delete get post put patch
  delete add_resource`.split(/\s+/),
);

/**
 * The routes of each view function and class.
 * Examples: `path('items/<int:id>', view)`, `path('items/<slug:name>', View.as_view())`.
 */
export const registered: (linked: Linked) => Routes = memoized((linked: Linked): Routes => {
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
  const open = new Set<number>();
  // An entry of Tornado's list of routes: `(r'/items/(\d+)', Handler)`.
  linked.program.instructions.each('list', ({ kind, items: [path, view, ...more] }, { id }) => {
    if (kind !== 'tuple' || path === undefined || view === undefined || more.length > 2) return;
    const handlers = linked.classes(id, view);
    if (handlers.length === 0) return;
    const text = textWithHoles(linked, { func: id, value: path });
    const route = text.replaceAll(hole, anyText);
    for (const owner of handlers.flatMap((handler) => [handler, ...linked.ancestors(handler)])) {
      if (text === hole) open.add(owner);
      else if (route.includes('/')) put(classes, owner, [route]);
    }
  });
  // A class in a tuple with another path is a handler only if it has a route elsewhere.
  for (const owner of open) if (classes.has(owner)) put(classes, owner, [anyText]);
  return { functions, classes, unknown, prefixes };
});

/** Stands for an unknown part of a route. */
export const anyText = '(.*)';

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

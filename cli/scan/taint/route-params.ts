import type { Linked } from '../link/linked.ts';
import { decoratorsOf } from './decorators.ts';

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
const registrars: ReadonlySet<string> = new Set(['path', 'add_url_rule', 'route', 'add_route', 'Route']);

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

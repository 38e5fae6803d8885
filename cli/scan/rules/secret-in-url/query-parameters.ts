import { calledBy, defaultCalls } from '../../ir/default-calls.ts';
import type { Call, Func, TypeName, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { isOfType } from '../../models/state-traits.ts';
import { sensitiveName } from '../kit/sensitive/sensitive-name.ts';
import type { Use } from '../kit/use.ts';
import { whereMade } from '../kit/value/where-made.ts';

/**
 * Returns the name of a function's parameter that holds a secret, if FastAPI fills it from the query string. Empty for
 * other parameters. A token or key counts only if the parameter is declared with `= Query(...)`. Without that, its type may
 * be an alias that reads a header.
 */
export function queryParameter(use: Use): readonly string[] {
  const { inst, frame } = use;
  if (inst.op !== 'param' || !use.language.typesExistAtRunTime) return none;
  const { name, type } = frame.func.params[inst.index] ?? { name: '' };
  const kind = sensitiveName(name)?.kind;
  if (!kind) return [];
  const from = defaultsOf(frame.func, use.value);
  if (from.some((one) => elsewhere.test(one))) return [];
  if ((kind === 'token' || kind === 'key') && !from.includes('Query')) return [];
  const route = routeOf(use);
  const isFromQuery =
    route && !inPath(route.path, name) && (route.verb === 'get' || from.includes('Query') || isPlain(type));
  return isFromQuery ? [name] : [];
}

const none: readonly string[] = [];

interface Route {
  readonly verb: string;
  readonly path: string;
}

/** No real function has more decorators. */
const maxDecorators = 6;

/** The route that a decorator registers a function for. */
function routeOf({ frame }: Use): Route | undefined {
  const { linked, info } = frame;
  const first = linked.program.firstFunc[info.module] ?? 0;
  const id = first + info.func.outer;
  const outer = info.func.outer < 0 ? undefined : linked.program.functions[id]?.func;
  if (!outer) return undefined;
  let at = whereMade(linked, frame.id);
  for (let step = 0; step < maxDecorators && at >= 0; step++) {
    const next = (usersOf(outer).of[at] ?? []).find((user) => {
      const call = outer.code[user];
      return call?.op === 'call' && call.isDecorator && call.args[0] === at;
    });
    const decorator = next === undefined ? undefined : (outer.code[next] as Call);
    const made = decorator && outer.code[decorator.callee];
    const method = made?.op === 'call' ? outer.code[made.callee] : undefined;
    if (made?.op === 'call' && method?.op === 'member' && verbs.test(method.name)) {
      if (isOfType(linked.states(id, method.object), 'fastapi.App'))
        return { verb: method.name, path: textOf(outer, made.args[0]) };
    }
    at = next ?? -1;
  }
  return undefined;
}

const verbs = /^(get|post|put|patch|delete)$/;

function textOf({ code }: Func, value: ValueId | undefined): string {
  const inst = code[value ?? -1];
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : '';
}

/** `/users/{token}` */
function inPath(path: string, name: string): boolean {
  return path.includes(`{${name}}`) || path.includes(`{${name}:`);
}

/** Whether a parameter can't be in the body, as models, lists and aliases can. */
function isPlain(type: TypeName | undefined): boolean {
  if (type === undefined) return true;
  if ('name' in type) return /^(str|bytes|int)$/.test(type.name);
  return 'import' in type && type.path.at(-1) === 'SecretStr';
}

/** Other places that a parameter comes from: a header, a cookie, the body or a function. */
const elsewhere = /^(Header|Cookie|Body|Form|File|Path|Depends|Security)$/;

/** The functions that make the default of a parameter, by name: `Query` in `= Query(...)`. */
function defaultsOf(func: Func, param: ValueId): readonly string[] {
  return (defaultCalls(func).get(param) ?? []).flatMap((call) => calledBy(func, call) ?? []);
}

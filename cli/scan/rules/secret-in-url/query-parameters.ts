import { calledBy, defaultCalls } from '../../ir/default-calls.ts';
import type { Func } from '../../ir/ir.ts';
import { sensitiveName } from '../../rule/sensitive-name.ts';
import type { Use } from '../../rule/use.ts';

/**
 * What FastAPI takes from the query for the function of a `get` route: parameters that have no other place. As
 * `Annotated[str, Header()]` is not told from `str`, only what no header holds counts, and what says `= Query(...)`.
 */
export function queryParameters(use: Use): readonly string[] {
  const { inst, frame } = use;
  if (inst.op !== 'call' || !inst.isDecorator || use.language !== 'python') return [];
  const made = frame.inst(inst.callee);
  const route = made.op === 'call' ? frame.inst(made.callee) : undefined;
  if (route?.op !== 'member' || route.name !== 'get') return [];
  if (!frame.linked.states(frame.id, route.object).some(({ name }) => name === 'fastapi.App')) return [];
  const handler = inst.args[0] === undefined ? undefined : frame.inst(inst.args[0]);
  const func =
    handler?.op === 'func'
      ? frame.linked.program.modules[frame.info.module]?.functions[handler.func]
      : undefined;
  return (
    func?.params.flatMap(({ name }, index) => {
      const kind = sensitiveName(name)?.kind;
      const isHeader = kind === 'token' || kind === 'key';
      if (!kind) return [];
      const from = defaultsOf(func, index);
      if (from.some((one) => elsewhere.test(one))) return [];
      return !isHeader || from.includes('Query') ? [name] : [];
    }) ?? []
  );
}

/** Where else a parameter comes from: a header, a cookie, the body or a function. */
const elsewhere = /^(Header|Cookie|Body|Form|File|Depends|Security)$/;

/** What makes the default of a parameter, by name: `Query` of `= Query(...)`. */
function defaultsOf(func: Func, index: number): readonly string[] {
  const param = func.code.findIndex((inst) => inst.op === 'param' && inst.index === index);
  return (defaultCalls(func).get(param) ?? []).flatMap((call) => calledBy(func, call) ?? []);
}

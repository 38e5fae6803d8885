import type { Func } from '../../ir/ir.ts';
import { sensitiveName } from '../../rule/sensitive-name.ts';
import type { Use } from '../../rule/use.ts';

/**
 * What FastAPI takes from the query for the function of a `get` route: parameters that have no other place. As
 * `Annotated[str, Header()]` is not told from `str`, only what no header holds counts.
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
      return kind && kind !== 'token' && kind !== 'key' && !isElsewhere(func, index) ? [name] : [];
    }) ?? []
  );
}

/** Whether its default says that it comes from a header, a cookie, the body or a function. */
function isElsewhere({ code }: Func, index: number): boolean {
  const param = code.findIndex((inst) => inst.op === 'param' && inst.index === index);
  return code.some((inst) => {
    if (inst.op !== 'phi' || !inst.inputs.includes(param)) return false;
    return inst.inputs.some((input) => {
      const given = code[input];
      const callee = given?.op === 'call' ? code[given.callee] : undefined;
      const name = callee?.op === 'import' || callee?.op === 'member' ? callee.name : '';
      return /^(Header|Cookie|Body|Form|File|Depends|Security)$/.test(name);
    });
  });
}

import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Inst } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { objectName } from '../kit/sensitive/sensitive-context.ts';
import { sensitiveName } from '../kit/sensitive/sensitive-name.ts';
import { calleeName, known, type Use } from '../kit/use.ts';
import { sameInst } from '../kit/value/same-value.ts';

/**
 * The name of the query parameter that an instruction reads: `request.args.get('page')` -> `page`. A member, such as
 * `request.query.token`, counts only if its name is that of a secret. Undefined for other instructions.
 */
export function queryRead(use: Use): string | undefined {
  const { inst, frame } = use;
  if (inst.op === 'member')
    return sensitiveName(inst.name) && isQuery(use, inst.object) && !isOnlyTested(use)
      ? inst.name
      : undefined;
  if (inst.op === 'index') return isQuery(use, inst.object) ? constText(frame.values[inst.key]) : undefined;
  return inst.op === 'call' ? ofCall(use, inst) : undefined;
}

/** Whether the code only asks if there is a value, or removes it, as in `if (req.query.token) delete req.query.token;`. */
function isOnlyTested({ frame: { func }, value }: Use): boolean {
  const { of, returned } = usersOf(func);
  const users = of[value] ?? [];
  if (returned.has(value)) return false;
  return users.length > 0
    ? users.every((user) => isTest(func.code[user]))
    : func.blocks.some(({ end }) => end.kind === 'branch' && end.test === value);
}

function isTest(inst: Inst | undefined): boolean {
  return inst?.op === 'unary' && /^(?:delete|!|typeof)$/.test(inst.operator);
}

/** `request.args.get('password')`, `c.req.query('password')`, `@Query('password')` */
function ofCall(use: Use, call: Call): string | undefined {
  const name = calleeName(use, call);
  if (!/^(Query|get|getlist|getall|getAll|getone|get_query_argument|query)$/.test(name)) return undefined;
  const callee = use.frame.inst(call.callee);
  const first = call.args[0];
  const key = first === undefined ? undefined : constText(known(use, first));
  if (key === undefined) return undefined;
  if (name === 'Query' && callee.op === 'import' && callee.specifier === '@nestjs/common') return key;
  if (callee.op !== 'member') return undefined;
  if (/^(get|getlist|getall|getAll|getone)$/.test(name)) return isQuery(use, callee.object) ? key : undefined;
  if (name === 'get_query_argument') return key;
  return name === 'query' && /^(req|request)$/.test(objectName(use.frame.linked, use.frame.id, callee.object))
    ? key
    : undefined;
}

/** Members of a request that contain its query string. */
const queries: ByHost<RegExp> = {
  javascript: /^(query|searchParams)$/,
  python: /^(args|GET|query|query_params)$/,
};

function isQuery(use: Use, value: number): boolean {
  const { frame, language } = use;
  const inst = sameInst(frame.func, value);
  if (inst?.op !== 'member') return false;
  if (!byHost(language, queries)?.test(inst.name)) return false;
  const object = objectName(frame.linked, frame.id, inst.object);
  if (/^(req|request|ctx|context|nextUrl|rel_url|event)$/.test(object)) return true;
  const it = frame.values[value];
  return it?.taints.some(({ origin }) => origin.kind === 'source' && origin.source === 'remote') ?? false;
}

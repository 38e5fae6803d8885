import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { Route } from '../../code-view.ts';
import type { Call, Inst, Module, ValueId } from '../../ir/ir.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { placeOf } from '../../report/findings.ts';
import { eachCall, type SiteSearch } from '../site-search.ts';

const verbs = /^(get|post|put|patch|delete|head|options|all|route|api_route|websocket|add_url_rule)$/;
const decorators = /^(Get|Post|Put|Patch|Delete|All|Head|Options)$/;

/** The routes with literal paths that a program registers by calls or decorators. */
export function routesOf(search: SiteSearch): Route[] {
  const { linked } = search.frames;
  const routes: Route[] = [];
  eachCall(search, (call, { id, module }) => {
    const callee = instOf(linked, { func: id, value: call.callee });
    const imported = instOf(linked, madeBy(linked, { func: id, value: call.callee }));
    const method = methodOf(callee, imported, (value) =>
      hasTrait(linked.states(id, value), 'registers-routes'),
    );
    if (method === undefined || call.isDecorator) return;
    const pattern = patternOf(search, id, call);
    const hasHandler =
      call.args.length > 1 ||
      decorators.test(method) ||
      /^(route|get|post|put|patch|delete|api_route)$/.test(method);
    if (pattern === undefined || !hasHandler) return;
    const file = linked.program.modules[module] as Module;
    routes.push({ method: method.toUpperCase(), pattern, place: placeOf(file, call.at, call.end) });
  });
  return routes;
}

function methodOf(
  callee: Inst | undefined,
  imported: Inst | undefined,
  isRouter: (value: ValueId) => boolean,
): string | undefined {
  if (callee?.op === 'member')
    return verbs.test(callee.name) && isRouter(callee.object) ? callee.name : undefined;
  if (imported?.op !== 'import') return undefined;
  if (imported.specifier === '@nestjs/common' && decorators.test(imported.name)) return imported.name;
  return /^django\.(urls|conf\.urls)/.test(imported.specifier) && /^(path|re_path|url)$/.test(imported.name)
    ? 'all'
    : undefined;
}

function patternOf({ frames }: SiteSearch, func: number, call: Call): string | undefined {
  const first = call.args[0];
  const inst =
    first === undefined ? undefined : instOf(frames.linked, madeBy(frames.linked, { func, value: first }));
  if (first === undefined) return '';
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

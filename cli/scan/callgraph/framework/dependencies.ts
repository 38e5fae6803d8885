import { annotatedParts } from '../../ir/annotated.ts';
import { handConstructor } from '../calls.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { languageAt } from '../program.ts';

/** FastAPI makes an instance of the class that a parameter declares, of what was sent: `paging: Paging = Depends()`. */
export function linkDependencies(linker: Linker): void {
  if (!linker.program.instructions.isCalled('Depends')) return;
  linker.program.instructions.each('phi', ({ inputs }, info) => {
    if (!languageAt(linker.program, info.module).injectsByDefaults) return;
    const param = inputs.map((input) => info.func.code[input]).find((one) => one?.op === 'param');
    const type = param?.op === 'param' ? info.func.params[param.index]?.type : undefined;
    if (type && inputs.some((input) => isBareDepends(info, input))) {
      const made = linker.graph.node();
      linker.typeInto(info.module, type, made);
      hand(linker, info.module, made);
    }
  });
  // The same under a name: `Page = Annotated[Paging, Depends()]`.
  linker.program.instructions.each('index', (inst, info) => {
    const [type, ...others] = annotatedParts(info.func, inst) ?? [];
    if (type === undefined || !others.some((value) => isBareDepends(info, value))) return;
    const made = linker.graph.node();
    linker.instancesInto(info.module, info.firstValue + type, made);
    hand(linker, info.module, made);
  });
}

function isBareDepends({ func }: FuncInfo, value: number): boolean {
  const inst = func.code[value];
  const callee = inst?.op === 'call' && inst.args.length === 0 ? func.code[inst.callee] : undefined;
  return (callee?.op === 'import' || callee?.op === 'member') && callee.name === 'Depends';
}

/** Hands the class of an instance to what the models say that `Depends(...)` takes. */
function hand(linker: Linker, module: number, made: number): void {
  const { packages, states } = linker.apiOf(module);
  const depends = (packages.get('fastapi') ?? []).flatMap((id) => states[id]?.members.get('Depends') ?? []);
  const taken = depends.flatMap((id) => (states[id]?.args ?? []).flatMap(({ to }) => to));
  linker.graph.listen(made, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind === 'instance') for (const state of taken) handConstructor(linker, ref, state);
  });
}

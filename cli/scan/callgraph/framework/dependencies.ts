import { annotatedParts } from '../../ir/annotated.ts';
import { hosts } from '../../languages/language-id.ts';
import { handConstructor } from '../calls.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { languageAt } from '../program.ts';

/**
 * Records that a framework such as FastAPI instantiates the class of a parameter, with arguments from the request: `paging:
 * Paging = Depends()` calls the constructor of `Paging`.
 */
export function linkDependencies(linker: Linker): void {
  const { program } = linker;
  const names = new Set(
    hosts.flatMap((host) => linker.api(host).conventions.injectors.map(([, name]) => name)),
  );
  if (![...names].some((name) => program.instructions.isCalled(name))) return;
  program.instructions.each('phi', ({ inputs }, info) => {
    if (!languageAt(program, info.module).injectsByDefaults) return;
    const param = inputs.map((input) => info.func.code[input]).find((one) => one?.op === 'param');
    const type = param?.op === 'param' ? info.func.params[param.index]?.type : undefined;
    if (type && inputs.some((input) => isBareInjector(info, input, names))) {
      const made = linker.graph.node();
      linker.typeInto(info.module, type, made);
      hand(linker, info.module, made);
    }
  });
  // The same under a name: `Page = Annotated[Paging, Depends()]`.
  program.instructions.each('index', (inst, info) => {
    const [type, ...others] = annotatedParts(info.func, inst) ?? [];
    if (type === undefined || !others.some((value) => isBareInjector(info, value, names))) return;
    const made = linker.graph.node();
    linker.instancesInto(info.module, info.firstValue + type, made);
    hand(linker, info.module, made);
  });
}

function isBareInjector({ func }: FuncInfo, value: number, names: ReadonlySet<string>): boolean {
  const inst = func.code[value];
  const callee = inst?.op === 'call' && inst.args.length === 0 ? func.code[inst.callee] : undefined;
  return (callee?.op === 'import' || callee?.op === 'member') && names.has(callee.name);
}

/** Hands the class of an instance to what the models say that `Depends(...)` takes. */
function hand(linker: Linker, module: number, made: number): void {
  const { packages, states, conventions } = linker.apiOf(module);
  const called = conventions.injectors.flatMap(([from, name]) =>
    (packages.get(from) ?? []).flatMap((id) => states[id]?.members.get(name) ?? []),
  );
  const taken = called.flatMap((id) => (states[id]?.args ?? []).flatMap(({ to }) => to));
  linker.graph.listen(made, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind === 'instance') for (const state of taken) handConstructor(linker, ref, state);
  });
}

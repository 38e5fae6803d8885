import type { Call, Inst } from '../../ir/ir.ts';
import { dependencyProviders } from '../../libraries/python/http/dependency-providers.ts';
import { passTo, resultInto } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { field, lookUp } from '../members.ts';
import { type FuncInfo, languageAt } from '../program.ts';

/** The member that holds what a provider provides. No name in a program contains NUL. */
const provided = '\0provided';

/**
 * Links the providers in containers of Python's dependency_injector, such as `pinger = providers.Factory(Pinger,
 * shell=shell)`. The call `container.pinger()` and the injection `Provide[Container.pinger]` then give an instance of
 * `Pinger`. The arguments of its constructor may come from other providers.
 */
export function linkContainerProviders(linker: Linker): void {
  const { program, graph, tokens } = linker;
  const isUsed = program.instructions.some('import', ({ specifier }) =>
    specifier.startsWith('dependency_injector'),
  );
  if (!isUsed) return;
  const listen = (info: FuncInfo, value: number, tell: (action: string) => void): void => {
    if (languageAt(program, info.module).host !== dependencyProviders.language) return;
    const node = info.firstValue + value;
    graph.listen(node, (token) => {
      const { kind, ref } = tokens.get(token);
      const name = kind === 'state' ? linker.apiOf(info.module).states[ref]?.type : undefined;
      if (name?.startsWith('provider.')) tell(name);
    });
  };
  program.instructions.each('call', (inst, info, value) => {
    const node = info.firstValue + value;
    listen(info, inst.callee, (action) => {
      if (action !== 'provider.Inject') makeProvider(linker, info, inst, node, action === 'provider.Hold');
    });
    if (info.func.code[inst.callee]?.op === 'member')
      providedInto(linker, info.module, info.firstValue + inst.callee, node);
    // `Depends(Provide[Container.pinger])`
    for (const arg of inst.args) {
      const asked = info.func.code[arg];
      if (asked?.op !== 'index') continue;
      listen(info, asked.object, (action) => {
        if (action === 'provider.Inject') graph.edge(info.firstValue + arg, node);
      });
    }
  });
  program.instructions.each('index', (inst, info, value) => {
    listen(info, inst.object, (action) => {
      if (action === 'provider.Inject')
        providedInto(linker, info.module, info.firstValue + inst.key, info.firstValue + value);
    });
  });
}

/** Makes the results of the providers in one node flow into another. */
function providedInto(linker: Linker, module: number, providers: number, to: number): void {
  linker.graph.listen(providers, (token) => {
    if (linker.tokens.get(token).kind === 'object') lookUp(linker, module, token, provided, to);
  });
}

function makeProvider(linker: Linker, info: FuncInfo, inst: Inst & Call, node: number, holds: boolean): void {
  const { graph, tokens } = linker;
  const [first] = inst.args;
  const token = tokens.of('object', node);
  if (first === undefined || !linker.isFirst(node, token, 'provider')) return;
  graph.add(node, token);
  const made = info.firstValue + first;
  const gives = field(linker, token, provided);
  if (holds) graph.edge(made, gives);
  else {
    resultInto(linker, made, gives);
    giveArguments(linker, info, inst, made);
  }
}

/** Passes the further arguments of a provider to the class or function that it calls. A provider argument passes its result. */
function giveArguments(linker: Linker, info: FuncInfo, inst: Call, made: number): void {
  const { graph, tokens } = linker;
  const given = inst.args.slice(1).map((arg) => {
    const to = graph.node();
    graph.edge(info.firstValue + arg, to);
    providedInto(linker, info.module, info.firstValue + arg, to);
    return to;
  });
  if (given.length === 0) return;
  const called = graph.node();
  graph.edge(made, called);
  graph.listen(made, (token) => {
    if (tokens.get(token).kind === 'class')
      lookUp(linker, info.module, tokens.of('instance', tokens.get(token).ref), 'constructor', called);
  });
  graph.listen(called, (token) => {
    const { kind, ref } = tokens.get(token);
    if (kind !== 'func' || !linker.isFirst(called, token, 'given')) return;
    given.forEach((value, i) => {
      passTo(linker, linker.func(ref), value, i, inst.names?.[i + 1] ?? null, false);
    });
  });
}

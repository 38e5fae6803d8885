import { registryHost } from '../../libraries/javascript/data/registries.ts';
import { paramNode } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { field, lookUp } from '../members.ts';
import { type FuncInfo, languageAt } from '../program.ts';
import type { Registry } from './registry.ts';

/**
 * Passes registered values to a class or function that awilix calls. By default, its first argument is an object with all
 * of them. In classic mode each argument is the value registered under the parameter's name.
 */
export function giveAll(linker: Linker, registry: Registry, info: FuncInfo, made: number): void {
  const { graph, tokens } = linker;
  const node = info.firstValue + made;
  graph.listen(node, (token) => {
    if (!linker.isFirst(node, token, 'give all')) return;
    const { kind, ref } = tokens.get(token);
    if (kind === 'func') giveParams(linker, registry, ref);
    if (kind !== 'class') return;
    const constructors = graph.node();
    lookUp(linker, info.module, tokens.of('instance', ref), 'constructor', constructors);
    graph.listen(constructors, (method) => {
      const found = tokens.get(method);
      if (found.kind === 'func') giveParams(linker, registry, found.ref);
    });
  });
}

function giveParams(linker: Linker, registry: Registry, func: number): void {
  const target = linker.func(func);
  target.func.params.forEach(({ name }, i) => {
    const param = paramNode(target, i);
    if (param === undefined) return;
    if (i === 0) linker.graph.add(param, registry.token);
    if (name !== '') registry.takeNamed(target.module, name, param);
  });
}

/**
 * Injects registered values into decorated fields. The field of `@Inject(USERS) private users: Users` gets the values
 * registered under the key `USERS`, which the call `Inject(USERS)` returns, and those registered for the class `Users`.
 */
export function linkFields(linker: Linker, registry: Registry): void {
  const { program, tokens } = linker;
  program.instructions.each('class', (inst, info) => {
    const id = (program.firstClass[info.module] as number) + inst.class;
    for (const { name, decorators } of program.classes[id]?.class.fields ?? []) {
      if (!decorators) continue;
      const to = field(linker, tokens.of('instance', id), name);
      for (const decorator of decorators) linker.graph.edge(info.firstValue + decorator, to);
      registry.takeDeclared(info.module, to);
    }
  });
}

/**
 * Injects the value registered for a class into the constructor parameters that are declared with this class as their type.
 */
export function linkConstructors(linker: Linker, registry: Registry): void {
  const { program } = linker;
  for (const { module, class: it } of program.classes) {
    if (languageAt(program, module).id !== registryHost) continue;
    for (const { name, func } of it.methods) {
      if (name !== 'constructor') continue;
      const target = linker.func((program.firstFunc[module] as number) + func);
      target.func.params.forEach(({ type }, i) => {
        const param = type ? paramNode(target, i) : undefined;
        if (param !== undefined) registry.takeDeclared(module, param);
      });
    }
  }
}

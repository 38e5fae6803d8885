import type { Inst } from '../ir/ir.ts';
import { paramNode, resultInto } from './calls.ts';
import type { Linker } from './linker.ts';
import { field, lookUp } from './members.ts';
import type { FuncInfo } from './program.ts';
import type { Registry } from './registry.ts';

/** How a container is told what stands behind a key. */
export type ProviderKind = 'class' | 'value' | 'factory' | 'existing';

type ObjectInst = Inst & { op: 'object' };

const kinds: ReadonlyMap<string, ProviderKind> = new Map([
  ['useClass', 'class'],
  ['useValue', 'value'],
  ['useFactory', 'factory'],
  ['useExisting', 'existing'],
  ['useToken', 'existing'],
]);

/** The entries of a provider that name its key. */
const keyNames: readonly string[] = ['provide', 'token'];

/** Lets what a provider gives be registered under a key. */
export function provide(
  linker: Linker,
  registry: Registry,
  info: FuncInfo,
  key: number,
  kind: ProviderKind,
  value: number,
): void {
  registry.put(info, key, (to) => providedInto(linker, registry, info, kind, value, to));
}

function providedInto(
  linker: Linker,
  registry: Registry,
  info: FuncInfo,
  kind: ProviderKind,
  value: number,
  to: number,
): void {
  const node = info.firstValue + value;
  if (kind === 'value') linker.graph.edge(node, to);
  else if (kind === 'class') linker.instancesInto(info.module, node, to);
  else if (kind === 'factory') resultInto(linker, node, to);
  else registry.take(info, value, to);
}

/** `{ provide: USERS, useClass: PgUsers }`, wherever such an object is written. */
export function linkProviderObjects(linker: Linker, registry: Registry): void {
  linker.program.instructions.each('object', (inst, info) => {
    const key = entryNamed(inst, keyNames);
    if (key !== undefined) provideAs(linker, registry, info, inst, key);
  });
}

/** What an object of options says of a key: `register('Users', { useClass: PgUsers })`. */
export function provideAs(
  linker: Linker,
  registry: Registry,
  info: FuncInfo,
  inst: ObjectInst,
  key: number,
): void {
  inst.keys.forEach((name, i) => {
    const kind = typeof name === 'string' ? kinds.get(name) : undefined;
    const value = inst.values[i];
    if (!kind || value === undefined) return;
    provide(linker, registry, info, key, kind, value);
    if (kind === 'factory') injectInto(linker, registry, info, inst, value);
  });
}

/** A factory is given what stands behind the keys of `inject` (NestJS) or `deps` (Angular), in their order. */
function injectInto(
  linker: Linker,
  registry: Registry,
  info: FuncInfo,
  inst: ObjectInst,
  factory: number,
): void {
  const keys = info.func.code[entryNamed(inst, ['inject', 'deps']) ?? -1];
  if (keys?.op !== 'list') return;
  linker.graph.listen(info.firstValue + factory, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind !== 'func' || !linker.isFirst(info.firstValue + factory, token, 'inject')) return;
    const target = linker.func(ref);
    target.params.forEach((_, i) => {
      const [key, param] = [keys.items[i], paramNode(target, i)];
      if (key !== undefined && param !== undefined) registry.take(info, key, param);
    });
  });
}

function entryNamed(inst: ObjectInst, names: readonly string[]): number | undefined {
  const at = inst.keys.findIndex((key) => typeof key === 'string' && names.includes(key));
  return inst.values[at];
}

/**
 * awilix makes an instance of a class, or calls a function, with an object of all that is registered; or, in its classic mode,
 * with what is registered under the names of the parameters.
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

/** A decorated field gets what its decorator brings: `@Inject(USERS) private users: Users`. */
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

/** What is declared to be of a type is given what is registered for it. */
export function linkConstructors(linker: Linker, registry: Registry): void {
  const { program } = linker;
  for (const { module, class: it } of program.classes) {
    if (program.modules[module]?.language !== 'javascript') continue;
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

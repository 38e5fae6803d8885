import type { Inst } from '../../ir/ir.ts';
import { paramNode, resultInto } from '../calls.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import type { Registry } from './registry.ts';

/**
 * How a dependency injection container gets the value of a key: it makes an instance of a class, takes a given value, calls
 * a factory, or takes the value of another key.
 */
export type ProviderKind = 'class' | 'value' | 'factory' | 'existing';

type ObjectInst = Inst & { op: 'object' };

const kinds: ReadonlyMap<string, ProviderKind> = new Map([
  ['useClass', 'class'],
  ['useValue', 'value'],
  ['useFactory', 'factory'],
  ['useExisting', 'existing'],
  ['useToken', 'existing'],
]);

/** The options of a provider that hold its key. */
const keyNames: readonly string[] = ['provide', 'token'];

/** Registers, under a key of a dependency injection container, the value that a provider gives. */
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

/**
 * Registers the value of each provider object in the program, such as `{ provide: USERS, useClass: PgUsers }`, under the
 * object's key.
 */
export function linkProviderObjects(linker: Linker, registry: Registry): void {
  linker.program.instructions.each('object', (inst, info) => {
    const key = entryNamed(inst, keyNames);
    if (key !== undefined) provideAs(linker, registry, info, inst, key);
  });
}

/**
 * Registers, under a key of a dependency injection container, the value that an options object describes:
 * `register('Users', { useClass: PgUsers })`.
 */
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

/** The arguments of a factory are the values of the keys in `inject` (NestJS) or `deps` (Angular), in that order. */
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

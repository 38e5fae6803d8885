import { maxAncestorClasses, maxInheritingClasses } from '../budgets/callgraph.ts';
import type { Inst } from '../ir/ir.ts';
import type { State } from '../models/api.ts';
import { handTo } from './calls.ts';
import { constrainDefault } from './dispatch/record-fields.ts';
import type { Linker } from './linker.ts';
import { field } from './members.ts';
import type { FuncInfo } from './program.ts';

/**
 * Adds to the call graph what a class declares: the methods of its instances, static fields, base classes and types of
 * fields.
 */
export function constrainClass(
  linker: Linker,
  info: FuncInfo,
  inst: Inst & { op: 'class' },
  node: number,
): void {
  const { graph, tokens, program } = linker;
  const id = (program.firstClass[info.module] as number) + inst.class;
  const it = program.classes[id]?.class;
  if (!it) return;
  const self = tokens.of('class', id);
  const instance = tokens.of('instance', id);
  graph.add(node, self);
  const firstFunc = program.firstFunc[info.module] as number;

  for (const method of it.methods) {
    const func = firstFunc + method.func;
    const onClass = method.kind === 'static' || method.kind === 'class';
    graph.add(linker.receiver(func), onClass ? self : instance);
    if (method.kind === 'get') {
      const getters = linker.getters.get(instance) ?? new Map<string, number>();
      linker.getters.set(instance, getters.set(method.name, func));
      linker.inheritance.owns(instance, method.name);
    } else if (method.kind === 'set') {
      const setters = linker.setters.get(instance) ?? new Map<string, number>();
      linker.setters.set(instance, setters.set(method.name, func));
      linker.setterNames.add(method.name);
    } else {
      const token = tokens.of('func', func);
      if (onClass) graph.add(field(linker, self, method.name), token);
      graph.add(field(linker, instance, method.name), token);
    }
  }
  if (it.init >= 0) graph.add(linker.receiver(firstFunc + it.init), instance);
  for (const { name, type } of it.fields) linker.typeInto(info.module, type, field(linker, instance, name));
  inst.names.forEach((name, i) => {
    const value = info.firstValue + (inst.values[i] as number);
    graph.edge(value, field(linker, self, name));
    graph.edge(value, field(linker, instance, name));
    constrainDefault(linker, info, inst.values[i] as number, field(linker, instance, name));
  });

  const bases = inst.bases.map((base) => info.firstValue + base);
  for (const base of bases) {
    linker.inheritance.addParent(self, { node: base, as: 'same' });
    linker.inheritance.addParent(instance, { node: base, as: 'instance' });
  }
  const known: (number | string)[] = [];
  linker.bases.set(id, known);
  for (const base of inst.bases) {
    const value = info.func.code[base];
    if (value?.op === 'import' || value?.op === 'member' || value?.op === 'global') known.push(value.name);
    graph.listen(info.firstValue + base, (token) => {
      const { kind, ref } = tokens.get(token);
      if (kind === 'class' && !known.includes(ref)) known.push(ref);
    });
  }
  for (const base of bases) graph.listen(base, (token) => inherit(linker, info.module, id, token));
}

/**
 * Marks methods of a class as called by a library if they override methods of that library's class. `token` is a direct or
 * indirect base class.
 */
function inherit(linker: Linker, module: number, id: number, token: number): void {
  const { tokens, program } = linker;
  const { kind, ref } = tokens.get(token);
  // Hierarchies contain diamonds, and hostile ones contain cycles.
  if (!linker.isFirst(0, token, `inherit ${id}`)) return;
  if (kind === 'class') {
    const ancestors = linker.ancestors.get(id) ?? [];
    linker.ancestors.set(id, ancestors);
    if (ancestors.length < maxAncestorClasses) {
      ancestors.push(ref);
      for (const instance of linker.inherited.get(id) ?? []) runInherited(linker, module, id, ref, instance);
    }
    for (const { node } of linker.inheritance.parents(token)) {
      linker.graph.listen(node, (parent) => inherit(linker, module, id, parent));
    }
    return;
  }
  if (kind !== 'state') return;
  const { states } = linker.apiOf(module);
  const it = program.classes[id];
  const first = program.firstFunc[it?.module ?? 0] ?? 0;
  for (const instance of states[ref]?.instance ?? []) {
    const inherited = linker.inherited.get(id) ?? [];
    linker.inherited.set(id, inherited);
    if (!inherited.includes(instance)) inherited.push(instance);
    for (const method of it?.class.methods ?? []) {
      for (const state of membersNamed(states[instance], method.name))
        handTo(linker, first + method.func, state);
    }
    for (const ancestor of linker.ancestors.get(id) ?? [])
      runInherited(linker, module, id, ancestor, instance);
  }
}

/**
 * A library also calls methods that a class inherits from another class of the project. In these, `this` is an instance of the
 * inheriting class, which may override other methods.
 */
function runInherited(linker: Linker, module: number, id: number, ancestor: number, state: number): void {
  const { program, tokens, graph } = linker;
  const from = program.classes[ancestor];
  const own = program.classes[id]?.class.methods ?? [];
  const first = program.firstFunc[from?.module ?? 0] ?? 0;
  const called = linker.apiOf(module).states[state]?.members;
  for (const { name, func } of from?.class.methods ?? []) {
    if (!called?.has(name) || own.some((method) => method.name === name)) continue;
    const heirs = linker.heirs.get(first + func) ?? 0;
    if (heirs >= maxInheritingClasses) continue;
    linker.heirs.set(first + func, heirs + 1);
    graph.add(linker.receiver(first + func), tokens.of('instance', id));
  }
}

/** The states that a model gives to a method. Some models match the beginning of a name: `resolve_*`. */
function membersNamed(state: State | undefined, name: string): readonly number[] {
  const found = state?.members.get(name);
  if (found || !state) return found ?? [];
  for (const [key, ids] of state.members)
    if (key.endsWith('*') && name.startsWith(key.slice(0, -1))) return ids;
  return [];
}

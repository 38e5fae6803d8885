import type { Linker } from './linker.ts';
import { type FuncInfo, literalText } from './program.ts';

/** Lets the member `name` of what a token stands for flow into a node. */
export function lookUp(linker: Linker, module: number, token: number, name: string, to: number): void {
  if (!linker.isFirst(to, token, name)) return;
  const { graph, tokens } = linker;
  const { kind, ref } = tokens.get(token);
  switch (kind) {
    case 'state': {
      const state = linker.apiOf(module).states[ref];
      if (!state) return;
      linker.addStates(state.members.get(name) ?? [], to);
      linker.addStates(state.anyMember, to);
      if (name === 'default') graph.add(to, token);
      return;
    }
    case 'package': {
      const path = tokens.packageName(ref);
      const { packages, prefixes, states } = linker.apiOf(module);
      for (const state of packages.get(path) ?? [])
        linker.addStates(states[state]?.members.get(name) ?? [], to);
      if (linker.program.modules[module]?.language !== 'python') return;
      // `import os` and then `os.path`; also a package of the project that is imported by its first name.
      const inner = `${path}.${name}`;
      const found = linker.resolve(module, inner);
      if (found.module !== undefined) graph.add(to, tokens.of('module', found.module));
      else if (packages.has(inner) || prefixes.has(inner)) {
        graph.add(to, tokens.ofPackage(inner));
        linker.addStates(packages.get(inner) ?? [], to);
      }
      return;
    }
    case 'module': {
      if (name === 'default' || name !== '*') graph.edge(linker.export(ref, name), to);
      if (linker.program.modules[ref]?.language === 'python') {
        const path = linker.resolve.submodule(ref, name);
        if (path !== undefined) graph.add(to, tokens.of('module', path));
      }
      return;
    }
    case 'func':
    case 'class':
      if (name === 'prototype') {
        graph.add(to, tokens.of(kind === 'class' ? 'instance' : 'made', ref));
        return;
      }
      break;
    case 'super': {
      // What was looked up on `super` starts at the parents of the class.
      lookUpParents(linker, module, tokens.of('instance', ref), name, to, 0);
      return;
    }
  }
  lookUpFields(linker, module, token, name, to, 0);
}

/** Deeper class hierarchies than this, and cycles of them, end here. */
const maxParents = 12;

function lookUpFields(
  linker: Linker,
  module: number,
  token: number,
  name: string,
  to: number,
  depth: number,
): void {
  if (!linker.isFirst(to, token, `.${name}`)) return;
  const { graph, tokens } = linker;
  graph.edge(field(linker, token, name), to);
  // What was stored under names that are not known is meant where nothing else is.
  if (name !== '*' && name !== '?') linker.edgeLater(field(linker, token, '*'), to);
  const getter = linker.getters.get(token)?.get(name);
  if (getter !== undefined) {
    graph.add(linker.receiver(getter), token);
    graph.edge(linker.returns(getter), to);
    linker.addTarget(to, { func: getter, makes: -1, shift: 0 });
  }
  const { kind, ref } = tokens.get(token);
  if (kind === 'class') {
    const own = linker.program.classes[ref]?.class.methods.find((method) => method.name === name);
    const first = linker.program.firstFunc[linker.program.classes[ref]?.module ?? 0] ?? 0;
    if (own?.kind === 'method') graph.add(to, tokens.of('unbound', first + own.func));
  }
  lookUpParents(linker, module, token, name, to, depth);
}

function lookUpParents(
  linker: Linker,
  module: number,
  token: number,
  name: string,
  to: number,
  depth: number,
): void {
  if (depth > maxParents) return;
  const { graph, tokens } = linker;
  for (const { node, as } of linker.parents.get(token) ?? []) {
    graph.listen(node, (number) => {
      const parent = tokens.get(number);
      if (as === 'same') {
        if (parent.kind === 'state' || parent.kind === 'package' || parent.kind === 'module')
          lookUp(linker, module, number, name, to);
        else lookUpFields(linker, module, number, name, to, depth + 1);
      } else if (parent.kind === 'class') {
        lookUpFields(linker, module, tokens.of('instance', parent.ref), name, to, depth + 1);
      } else if (parent.kind === 'func') {
        lookUpFields(linker, module, tokens.of('made', parent.ref), name, to, depth + 1);
      } else if (parent.kind === 'state') {
        for (const state of linker.apiOf(module).states[parent.ref]?.instance ?? []) {
          lookUp(linker, module, tokens.of('state', state), name, to);
        }
      }
    });
  }
}

/** The node of a token's field. */
export function field(linker: Linker, token: number, name: string): number {
  let fields = linker.fields.get(token);
  if (!fields) {
    fields = new Map();
    linker.fields.set(token, fields);
  }
  const known = fields.get(name);
  if (known !== undefined) return known;
  const node = linker.graph.node();
  fields.set(name, node);
  if (name !== '?') linker.graph.edge(node, field(linker, token, '?'));
  return node;
}

/** The setter that a store runs, if there is one in the class or above. */
export function setterOf(linker: Linker, token: number, name: string, depth = 0): number | undefined {
  const own = linker.setters.get(token)?.get(name);
  const { kind, ref } = linker.tokens.get(token);
  if (own !== undefined || kind !== 'instance' || depth > 6) return own;
  for (const base of linker.bases.get(ref) ?? []) {
    const found =
      typeof base === 'number'
        ? setterOf(linker, linker.tokens.of('instance', base), name, depth + 1)
        : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Tells under which names a member is read or written whose key is a value: a symbol's, or `other` where none is. */
export function keysOf(
  linker: Linker,
  info: FuncInfo,
  key: number,
  other: '?' | '*',
  tell: (name: string) => void,
): void {
  const text = literalText(info.func, key);
  if (text !== undefined) {
    tell(text);
    return;
  }
  const node = info.firstValue + key;
  linker.graph.listen(node, (token) => {
    if (linker.tokens.get(token).kind === 'symbol') tell(symbolName(token));
  });
  linker.later(() => {
    if (!linker.graph.tokens(node).some((token) => linker.tokens.get(token).kind === 'symbol')) tell(other);
  });
}

/** The name of the member that a symbol stands for: no text is the same. */
export function symbolName(token: number): string {
  return `\0${token}`;
}

/** Lets a value be the field `name` of what a token stands for. */
export function storeField(linker: Linker, token: number, name: string, value: number): void {
  const { kind } = linker.tokens.get(token);
  if (kind === 'state' || kind === 'package' || kind === 'module') return;
  linker.graph.edge(value, field(linker, token, name));
}

import { maxAncestorTokens } from '../budgets/callgraph.ts';
import type { Member } from './inheritance.ts';
import type { Linker } from './linker.ts';
import { type FuncInfo, languageAt, literalText } from './program.ts';

/** Makes the member `name` of a token, own or inherited, flow to the node `to`. */
export function lookUp(linker: Linker, module: number, token: number, name: string, to: number): void {
  const { graph, tokens } = linker;
  const { kind, ref } = tokens.get(token);
  switch (kind) {
    case 'state': {
      const state = linker.apiOf(module).states[ref];
      if (!state) return;
      linker.addStates(state.members.get(name) ?? none, to);
      linker.addStates(state.anyMember, to);
      if (name === 'default') graph.add(to, token);
      // A member that the project itself stores there: `app['pool'] = pool`, `g.connection = connect()`.
      if (linker.storedNames.has(name) || isSymbolName(name))
        read(linker, linker.inheritance.member(module, token, name), to);
      return;
    }
    case 'package': {
      const path = tokens.packageName(ref);
      const { packages, prefixes, states } = linker.apiOf(module);
      for (const state of packages.get(path) ?? none) {
        linker.addStates(states[state]?.members.get(name) ?? none, to);
        linker.addStates(states[state]?.anyMember ?? none, to);
      }
      if (!languageAt(linker.program, module).hasSubmodules) return;
      // `import os`, then `os.path`. Also a package of the project that is imported by its first name.
      const inner = `${path}.${name}`;
      const found = linker.resolve(module, inner);
      if (found.module !== undefined) graph.add(to, tokens.of('module', found.module));
      else if (packages.has(inner) || prefixes.has(inner)) {
        graph.add(to, tokens.ofPackage(inner));
        linker.addStates(packages.get(inner) ?? none, to);
      }
      return;
    }
    case 'module': {
      if (name === 'default' || name !== '*') graph.edge(linker.export(ref, name), to);
      if (languageAt(linker.program, ref).hasSubmodules) {
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
    case 'super':
      if (linker.isFirst(to, token, name)) lookUpAbove(linker, module, ref, name, to);
      return;
  }
  read(linker, linker.inheritance.member(module, token, name), to);
}

/** A lookup on `super` starts at the parents of the class. A separate function, as the other lookups need no closure. */
function lookUpAbove(linker: Linker, module: number, owner: number, name: string, to: number): void {
  for (const parent of linker.inheritance.parents(linker.tokens.of('instance', owner)))
    linker.inheritance.listen(module, parent, (above) => lookUp(linker, module, above, name, to));
}

const none: readonly number[] = [];

function read(linker: Linker, member: Member, to: number): void {
  linker.graph.edge(member.node, to);
  for (const getter of member.getters) linker.addTarget(to, { func: getter, makes: -1, shift: 0 });
}

/**
 * The node of a token's field `name`. The values stored in that field flow to this node, so use it for stores. To read
 * a member, use `Inheritance.member`, which includes inherited values. The two are kept apart to save nodes: most
 * fields are never read, and most members that are read have no stored value of their own.
 */
export function field(linker: Linker, token: number, name: string): number {
  let fields = linker.fields.get(token);
  if (!fields) {
    fields = new Map();
    linker.fields.set(token, fields);
  }
  const known = fields.get(name);
  if (known !== undefined) return known;
  const node = linker.graph.node();
  if (linker.tokens.get(token).kind === 'object') linker.graph.table(node);
  fields.set(name, node);
  if (name !== '?') linker.graph.edge(node, field(linker, token, '?'));
  linker.inheritance.stored(token, name, node);
  return node;
}

/** The setter function, own or inherited, that a store to the member `name` of a token runs. Undefined if there is none. */
export function setterOf(linker: Linker, token: number, name: string): number | undefined {
  if (!linker.setterNames.has(name)) return undefined;
  // The set grows during the loop: hierarchies have diamonds and cycles.
  const above = new Set([token]);
  for (const one of above) {
    const own = linker.setters.get(one)?.get(name);
    if (own !== undefined) return own;
    const { kind, ref } = linker.tokens.get(one);
    if (kind !== 'instance' || above.size > maxAncestorTokens) continue;
    for (const base of linker.bases.get(ref) ?? [])
      if (typeof base === 'number') above.add(linker.tokens.of('instance', base));
  }
  return undefined;
}

/**
 * Calls `tell` with each member name that a key may stand for. This is the text of the key if that is known, or else
 * the internal name of each symbol that the key may be. For an unknown key, calls `tell` with `other`: callers pass `?`
 * for a read and `*` for a store.
 */
export function keysOf(
  linker: Linker,
  info: FuncInfo,
  key: number,
  other: string,
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

/**
 * The internal member name for a symbol that is used as a key. The symbol is given by its token. The internal name
 * begins with a NUL, so it differs from every name in code.
 */
export function symbolName(token: number): string {
  return `\0${token}`;
}

function isSymbolName(name: string): boolean {
  return name.startsWith('\0');
}

/** Makes a value flow to field `name` of a token. Does nothing for packages and modules. */
export function storeField(linker: Linker, token: number, name: string, value: number): void {
  const { kind } = linker.tokens.get(token);
  if (kind === 'package' || kind === 'module') return;
  linker.graph.edge(value, field(linker, token, name));
}

/** Makes the fields of all objects that a node holds flow to the fields of a token: `Object.assign(target, source)`. */
export function copyFields(linker: Linker, token: number, source: number): void {
  linker.graph.listen(source, (from) => {
    const { kind } = linker.tokens.get(from);
    if (kind === 'object' || kind === 'instance')
      linker.graph.edge(field(linker, from, '?'), field(linker, token, '*'));
    for (const [name, node] of linker.fields.get(from) ?? []) {
      if (name !== '?' && name !== '*') linker.graph.edge(node, field(linker, token, name));
    }
  });
}

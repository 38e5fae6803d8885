import type { Linker, ParentKind } from './linker.ts';
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
      for (const { node, as } of linker.parents.get(tokens.of('instance', ref)) ?? []) {
        graph.listen(node, (parent) =>
          ofParent(linker, module, parent, as, name, to, (member) => read(linker, member, to)),
        );
      }
      return;
    }
  }
  read(linker, memberOf(linker, module, token, name), to);
}

/** A member of what a token stands for, with what it inherits under that name: found once for all who read it. */
export interface Member {
  /** What it is a member of. */
  readonly token: number;
  readonly node: number;
  readonly getters: number[];
  /** Nodes that it is read into. */
  readonly readers: number[];
  /** The same member of what inherits it. */
  readonly heirs: Member[];
}

function memberOf(linker: Linker, module: number, token: number, name: string): Member {
  let members = linker.members.get(token);
  if (!members) {
    members = new Map();
    linker.members.set(token, members);
  }
  const known = members.get(name);
  if (known) return known;
  const { graph, tokens } = linker;
  const member: Member = { token, node: graph.node(), getters: [], readers: [], heirs: [] };
  if (tokens.get(token).kind === 'object') graph.table(member.node);
  // Before its parents are asked, as hostile hierarchies have cycles.
  members.set(name, member);
  graph.edge(field(linker, token, name), member.node);
  const getter = linker.getters.get(token)?.get(name);
  if (getter !== undefined) {
    graph.edge(linker.returns(getter), member.node);
    addGetter(linker, member, getter);
  }
  const { kind, ref } = tokens.get(token);
  if (kind === 'class') {
    const own = linker.program.classes[ref]?.class.methods.find((method) => method.name === name);
    const first = linker.program.firstFunc[linker.program.classes[ref]?.module ?? 0] ?? 0;
    if (own?.kind === 'method') graph.add(member.node, tokens.of('unbound', first + own.func));
  }
  for (const { node, as } of linker.parents.get(token) ?? []) {
    graph.listen(node, (parent) =>
      ofParent(linker, module, parent, as, name, member.node, (inherited) => {
        if (inherited.heirs.includes(member)) return;
        inherited.heirs.push(member);
        graph.edge(inherited.node, member.node);
        for (const one of inherited.getters) addGetter(linker, member, one);
      }),
    );
  }
  return member;
}

function read(linker: Linker, member: Member, to: number): void {
  linker.graph.edge(member.node, to);
  member.readers.push(to);
  for (const getter of member.getters) linker.addTarget(to, { func: getter, makes: -1, shift: 0 });
}

function addGetter(linker: Linker, member: Member, getter: number): void {
  if (member.getters.includes(getter)) return;
  member.getters.push(getter);
  linker.graph.add(linker.receiver(getter), member.token);
  for (const to of member.readers) linker.addTarget(to, { func: getter, makes: -1, shift: 0 });
  for (const heir of member.heirs) addGetter(linker, heir, getter);
}

/** What a parent brings under a name: its member, or what a library's model says, which flows into `to`. */
function ofParent(
  linker: Linker,
  module: number,
  number: number,
  as: ParentKind,
  name: string,
  to: number,
  tell: (member: Member) => void,
): void {
  const { tokens } = linker;
  const { kind, ref } = tokens.get(number);
  if (as === 'same') {
    if (kind === 'state' || kind === 'package' || kind === 'module') lookUp(linker, module, number, name, to);
    else tell(memberOf(linker, module, number, name));
  } else if (kind === 'class') tell(memberOf(linker, module, tokens.of('instance', ref), name));
  else if (kind === 'func') tell(memberOf(linker, module, tokens.of('made', ref), name));
  else if (kind === 'state') {
    for (const state of linker.apiOf(module).states[ref]?.instance ?? [])
      lookUp(linker, module, tokens.of('state', state), name, to);
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
  if (linker.tokens.get(token).kind === 'object') linker.graph.table(node);
  fields.set(name, node);
  if (name !== '?') linker.graph.edge(node, field(linker, token, '?'));
  return node;
}

/** More classes above one are not looked through for a setter. */
const maxAbove = 200;

/** The setter that a store runs, if there is one in the class or above. */
export function setterOf(linker: Linker, token: number, name: string): number | undefined {
  if (!linker.setterNames.has(name)) return undefined;
  // A set that grows while it is walked: hierarchies have diamonds and cycles.
  const above = new Set([token]);
  for (const one of above) {
    const own = linker.setters.get(one)?.get(name);
    if (own !== undefined) return own;
    const { kind, ref } = linker.tokens.get(one);
    if (kind !== 'instance' || above.size > maxAbove) continue;
    for (const base of linker.bases.get(ref) ?? [])
      if (typeof base === 'number') above.add(linker.tokens.of('instance', base));
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

import { maxAncestorTokens } from '../budgets/callgraph.ts';
import type { Class, Method } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import type { Linker } from './linker.ts';
import { lookUp } from './members.ts';

/** Where a class or object inherits members from: its base class, or a value that is spread into it. */
export interface Parent {
  /** The node of the base class, or of the value spread into the object. */
  readonly node: number;
  /** `same`: the members of the node's tokens are inherited. `instance`: the members of instances of those classes. */
  readonly as: 'same' | 'instance';
}

/**
 * One member name of a class, an instance or an object, with its own and inherited values. All reads of the member share
 * this record.
 */
export interface Member {
  /** The owner of the member. */
  readonly token: number;
  readonly name: string;
  /** The module of the first read. Its models describe the members that a library declares. */
  readonly module: number;
  readonly node: number;
  /** Getters that a read of the member runs. */
  getters: readonly number[];
}

/** A token with members that are read. */
interface Line {
  readonly members: Map<string, Member>;
  /** All tokens that it inherits from, directly or not. Mostly none. */
  above: Set<number>;
  /** Whether one of them belongs to a library. */
  hasLibrary: boolean;
  /** All tokens with read members that inherit from it. */
  readonly below: number[];
  /** By name: those of them that declare a method of that name. */
  overriding: Map<string, Overriding> | undefined;
}

interface Overriding {
  readonly tokens: Set<number>;
  /** How many entries of `below` are already checked. */
  seen: number;
}

/** Never mutated. */
const nobody: Set<number> = new Set();
const noGetters: readonly number[] = [];

/** Inheritance between tokens: a class inherits from its base, an object literal from the values spread into it. */
export class Inheritance {
  readonly #linker: Linker;
  readonly #parents = new Map<number, Parent[]>();
  readonly #lines = new Map<number, Line>();
  /**
   * By name: the tokens that have a member of that name of their own. With it, a lookup skips the ancestors without
   * such a member, which are most of them.
   */
  readonly #owners = new Map<string, Set<number>>();
  /** By ancestor: whether it belongs to a library, and so may have members of all names. */
  readonly #librarys = new Map<number, boolean>();

  constructor(linker: Linker) {
    this.#linker = linker;
  }

  parents(token: number): readonly Parent[] {
    return this.#parents.get(token) ?? [];
  }

  addParent(token: number, parent: Parent): void {
    const parents = this.#parents.get(token);
    if (parents) parents.push(parent);
    else this.#parents.set(token, [parent]);
  }

  /**
   * Calls `tell` with each token whose members are inherited through `parent`.
   *
   * @param module the module whose library models apply
   */
  listen(module: number, { node, as }: Parent, tell: (above: number) => void): void {
    const { graph, tokens } = this.#linker;
    graph.listen(node, (number) => {
      const { kind, ref } = tokens.get(number);
      if (as === 'same') tell(number);
      else if (kind === 'class') tell(tokens.of('instance', ref));
      else if (kind === 'func') tell(tokens.of('made', ref));
      else if (kind === 'state') {
        for (const state of this.#linker.apiOf(module).states[ref]?.instance ?? [])
          tell(tokens.of('state', state));
      }
    });
  }

  /**
   * The member `name` of a token, with its own and inherited values. The record is created at the first read.
   *
   * @param module the module of the read
   */
  member(module: number, token: number, name: string): Member {
    const line = this.#line(module, token);
    const known = line.members.get(name);
    if (known) return known;
    const { graph, tokens } = this.#linker;
    const member: Member = { token, name, module, node: graph.node(), getters: noGetters };
    if (tokens.get(token).kind === 'object') graph.table(member.node);
    line.members.set(name, member);
    this.#bringOwn(member, token);
    if (line.above === nobody) return member;
    const owners = this.#owners.get(name);
    if (!owners && !line.hasLibrary) return member;
    for (const from of line.above)
      if (owners?.has(from) || this.#librarys.get(from)) this.#bring(member, from);
    return member;
  }

  /** Records that a token has a member of its own of this name: a field, a getter or a method. */
  owns(token: number, name: string): void {
    const owners = this.#owners.get(name);
    if (owners) owners.add(token);
    else this.#owners.set(name, new Set([token]));
  }

  /**
   * Handles the first store in a field: lets the field's node flow to all earlier reads of the member, also on descendants of the
   * token.
   */
  stored(token: number, name: string, node: number): void {
    this.owns(token, name);
    const line = this.#lines.get(token);
    if (!line) return;
    const { graph } = this.#linker;
    const own = line.members.get(name);
    if (own) graph.edge(node, own.node);
    for (const one of line.below) {
      const member = this.#lines.get(one)?.members.get(name);
      if (member) graph.edge(node, member.node);
    }
  }

  /** Releases data that only linking needs. */
  settle(): void {
    this.#lines.clear();
  }

  #line(module: number, token: number): Line {
    return this.#lines.get(token) ?? this.#newLine(module, token);
  }

  #newLine(module: number, token: number): Line {
    const line: Line = {
      members: new Map(),
      above: nobody,
      hasLibrary: false,
      below: [],
      overriding: undefined,
    };
    // Registered before its parents are searched, as hostile hierarchies have cycles.
    this.#lines.set(token, line);
    for (const parent of this.parents(token)) {
      this.listen(module, parent, (from) => {
        const other = this.#isLibrarys(from) ? undefined : this.#line(module, from);
        for (const heir of [token, ...line.below])
          for (const one of [from, ...(other?.above ?? [])]) this.#inherit(heir, one);
      });
    }
    return line;
  }

  #inherit(heir: number, from: number): void {
    const line = this.#lines.get(heir);
    if (!line || heir === from || line.above.size >= maxAncestorTokens || line.above.has(from)) return;
    if (line.above === nobody) line.above = new Set();
    line.above.add(from);
    this.#lines.get(from)?.below.push(heir);
    const isLibrarys = this.#isAbove(from);
    if (isLibrarys) line.hasLibrary = true;
    if (line.members.size === 0) return;
    for (const name of [...line.members.keys()])
      if (isLibrarys || this.#owners.get(name)?.has(from))
        this.#bring(line.members.get(name) as Member, from);
  }

  /** Registers an ancestor. True if it belongs to a library. */
  #isAbove(from: number): boolean {
    const known = this.#librarys.get(from);
    if (known !== undefined) return known;
    const { kind, ref } = this.#linker.tokens.get(from);
    const owner = kind === 'class' ? this.#linker.program.classes[ref] : undefined;
    if (owner) for (const name of methodsOf(owner.class).first.keys()) this.owns(from, name);
    const isLibrarys = this.#isLibrarys(from);
    this.#librarys.set(from, isLibrarys);
    return isLibrarys;
  }

  /** Adds to a member what one ancestor declares under that name. */
  #bring(member: Member, from: number): void {
    if (this.#isLibrarys(from)) lookUp(this.#linker, member.module, from, member.name, member.node);
    else if (!this.#isOverridden(member.token, member.name, from)) this.#bringOwn(member, from);
  }

  /**
   * Whether an object does not have the method `name` of the ancestor `from`, because the class of the object, or an
   * ancestor between the two, declares a method of that name. False if `from` declares none.
   * @param token the number of an object or a class in the call graph
   */
  #isOverridden(token: number, name: string, from: number): boolean {
    if (!this.#declares(from, name)) return false;
    if (this.#declares(token, name)) return true;
    const above = this.#lines.get(token)?.above;
    if (!above) return false;
    const overriding = this.#overriding(from, name);
    const [few, many] = above.size < overriding.size ? [above, overriding] : [overriding, above];
    for (const one of few) if (many.has(one)) return true;
    return false;
  }

  /** The descendants of a class that declare a method of this name. Cached, as each read needs them. */
  #overriding(from: number, name: string): ReadonlySet<number> {
    const line = this.#lines.get(from);
    if (!line) return new Set();
    line.overriding ??= new Map();
    let found = line.overriding.get(name);
    if (!found) {
      found = { tokens: new Set(), seen: 0 };
      line.overriding.set(name, found);
    }
    for (; found.seen < line.below.length; found.seen++) {
      const heir = line.below[found.seen] as number;
      if (this.#declares(heir, name)) found.tokens.add(heir);
    }
    return found.tokens;
  }

  #declares(token: number, name: string): boolean {
    const { tokens, program, storedNames } = this.#linker;
    const { kind, ref } = tokens.get(token);
    // A value stored under the name replaces the method, wherever that is declared.
    if ((kind !== 'instance' && kind !== 'class') || storedNames.has(name)) return false;
    const owner = program.classes[ref];
    return owner !== undefined && methodsOf(owner.class).declared.has(name);
  }

  #bringOwn(member: Member, from: number): void {
    const { name } = member;
    const { graph, tokens, program, fields, getters } = this.#linker;
    const stored = fields.get(from)?.get(name);
    if (stored !== undefined) graph.edge(stored, member.node);
    const getter = getters.get(from)?.get(name);
    if (getter !== undefined) {
      graph.edge(this.#linker.returns(getter), member.node);
      this.#addGetter(member, getter);
    }
    const { kind, ref } = tokens.get(from);
    if (kind !== 'class') return;
    const owner = program.classes[ref];
    const method = owner && methodsOf(owner.class).first.get(name);
    if (owner && method?.kind === 'method')
      graph.add(member.node, tokens.of('unbound', (program.firstFunc[owner.module] as number) + method.func));
  }

  #addGetter(member: Member, getter: number): void {
    if (member.getters.includes(getter)) return;
    member.getters = [...member.getters, getter];
    const { graph } = this.#linker;
    graph.add(this.#linker.receiver(getter), member.token);
    // The member's edges lead to all its reads.
    graph.eachEdge(member.node, (to) => this.#linker.addTarget(to, { func: getter, makes: -1, shift: 0 }));
  }

  #isLibrarys(token: number): boolean {
    const { kind } = this.#linker.tokens.get(token);
    return kind === 'state' || kind === 'package' || kind === 'module';
  }
}

interface Methods {
  readonly first: ReadonlyMap<string, Method>;
  /** Names of methods that are not setters. */
  readonly declared: ReadonlySet<string>;
}

/** The methods of a class by name. */
const methodsOf = memoized((owner: Class): Methods => {
  const first = new Map<string, Method>();
  for (const method of owner.methods) if (!first.has(method.name)) first.set(method.name, method);
  const declared = owner.methods.filter(({ kind }) => kind !== 'set').map(({ name }) => name);
  return { first, declared: new Set(declared) };
});

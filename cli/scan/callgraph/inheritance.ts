import type { Class, Method } from '../ir/ir.ts';
import type { Linker } from './linker.ts';
import { lookUp } from './members.ts';

/** Where else a token's members may be. */
export interface Parent {
  /** The node of its class's base, or of what was spread into it. */
  readonly node: number;
  /** Whether they are those of what the node holds, or of the instances of that. */
  readonly as: 'same' | 'instance';
}

/** A member of what a token stands for, with what it inherits under that name: found once for all who read it. */
export interface Member {
  /** What it is a member of. */
  readonly token: number;
  readonly name: string;
  /** The module of whoever asked first. */
  readonly module: number;
  readonly node: number;
  /** What is read from it runs them. */
  getters: readonly number[];
}

/** A token of which members are read. */
interface Line {
  readonly members: Map<string, Member>;
  /** All that it inherits from, over others too: most of nothing. */
  above: Set<number>;
  /** A library's is among them. */
  hasLibrary: boolean;
  /** All of which members are read that inherit from it. */
  readonly below: number[];
  /** Those of them that declare a method, by its name. */
  overriding: Map<string, Overriding> | undefined;
}

interface Overriding {
  readonly tokens: Set<number>;
  /** So many of those below have been looked at. */
  seen: number;
}

/** Is never added to. */
const nobody: Set<number> = new Set();
const noGetters: readonly number[] = [];

/** A class inherits from no more than this. */
const maxAbove = 200;

/** What tokens inherit from each other: a class of its base, an object of what was spread into it. */
export class Inheritance {
  readonly #linker: Linker;
  readonly #parents = new Map<number, Parent[]>();
  readonly #lines = new Map<number, Line>();
  /** By name: which tokens have anything of their own under it. Of the many above a class hardly any has. */
  readonly #owners = new Map<string, Set<number>>();
  /** Tokens above others: whether they are a library's, which may have members of all names. */
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

  /** Tells of each token that a parent stands for. */
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

  /** @param module where it is read */
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

  /** Something of a token's own has this name: a field, a getter, a method. */
  owns(token: number, name: string): void {
    const owners = this.#owners.get(name);
    if (owners) owners.add(token);
    else this.#owners.set(name, new Set([token]));
  }

  /** Something is stored in a field for the first time: it flows to whoever has read it before, of heirs too. */
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

  /** All is linked. */
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
    // Before its parents are asked, as hostile hierarchies have cycles.
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
    if (!line || heir === from || line.above.size >= maxAbove || line.above.has(from)) return;
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

  /** Takes note of what others inherit from. True if it is a library's. */
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

  /** What one of those that a member is inherited from has of its own under that name. */
  #bring(member: Member, from: number): void {
    if (this.#isLibrarys(from)) lookUp(this.#linker, member.module, from, member.name, member.node);
    else if (!this.#isOverridden(member.token, member.name, from)) this.#bringOwn(member, from);
  }

  /** Whether a class below the one that it is inherited from declares a method of its own under that name. */
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

  /** The heirs of a class that declare a method of their own under a name: kept, as each reader of that asks for them. */
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
    // What is stored under the name takes the place of a method, wherever that is declared.
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
    // Its edges lead to all that read it.
    graph.eachEdge(member.node, (to) => this.#linker.addTarget(to, { func: getter, makes: -1, shift: 0 }));
  }

  #isLibrarys(token: number): boolean {
    const { kind } = this.#linker.tokens.get(token);
    return kind === 'state' || kind === 'package' || kind === 'module';
  }
}

interface Methods {
  readonly first: ReadonlyMap<string, Method>;
  /** Names of those that are more than setters. */
  readonly declared: ReadonlySet<string>;
}

const methods = new WeakMap<Class, Methods>();

/** The methods of a class by their names. */
function methodsOf(owner: Class): Methods {
  let found = methods.get(owner);
  if (!found) {
    const first = new Map<string, Method>();
    for (const method of owner.methods) if (!first.has(method.name)) first.set(method.name, method);
    const declared = owner.methods.filter(({ kind }) => kind !== 'set').map(({ name }) => name);
    found = { first, declared: new Set(declared) };
    methods.set(owner, found);
  }
  return found;
}

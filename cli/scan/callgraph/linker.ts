import { maxCallTargets } from '../budgets/callgraph.ts';
import type { TypeName } from '../ir/ir.ts';
import type { ResolveImport } from '../languages/import-context.ts';
import type { HostId } from '../languages/language-id.ts';
import type { Api } from '../models/api.ts';
import { Registered } from './framework/registered.ts';
import { Graph } from './graph.ts';
import { Inheritance } from './inheritance.ts';
import type { Target } from './linked.ts';
import { lookUp } from './members.ts';
import { type FuncInfo, languageAt, type Program } from './program.ts';
import { storedNames } from './stored-names.ts';
import { TemplateIndex } from './template/template-index.ts';
import { Tokens } from './tokens.ts';
import { wrappedCells } from './wrapped-cells.ts';

/** The state that all parts of the linker share while it runs. */
export class Linker {
  readonly program: Program;
  readonly api: (language: HostId) => Api;
  readonly resolve: ResolveImport;
  readonly graph: Graph;
  readonly templates: TemplateIndex;
  readonly tokens: Tokens = new Tokens();
  /** By node of a call, a read or a store: the functions that it can run. */
  readonly targets: Map<number, Target[]> = new Map();
  /** By function: the states of library models that it is passed to. */
  readonly handed: Map<number, number[]> = new Map();
  /** By function: how many of its first arguments are bound before the call, as in `f.bind(self, a)`. */
  readonly boundBefore: Map<number, number> = new Map();
  /** Functions that are passed to a library without bound arguments, even if they are bound elsewhere. */
  readonly handedWhole: Set<number> = new Set();
  /** Applied decorators, as nodes: the decorator, the decorated function and the result. */
  readonly decorated: { readonly callee: number; readonly from: number; readonly to: number }[] = [];
  /** By class: its direct base classes. A class of the project is given by number, and an imported one also by name. */
  readonly bases: Map<number, (number | string)[]> = new Map();
  /** By class: the project's classes that it extends, directly or indirectly. */
  readonly ancestors: Map<number, number[]> = new Map();
  /** By inherited method that a library calls: how many inheriting classes were linked to it. */
  readonly heirs: Map<number, number> = new Map();
  /** By class: the library types of its instances, because it extends a class of a library. Given as states of the models. */
  readonly inherited: Map<number, number[]> = new Map();
  /** By token and name: the function of a setter. */
  readonly setters: Map<number, Map<string, number>> = new Map();
  readonly setterNames: Set<string> = new Set();
  /** Nodes whose tokens were guessed from names. */
  readonly guessed: Set<number> = new Set();
  readonly registered: Registered;
  /** By function: the templates that receive its result as their context. */
  readonly returnedTo: Map<number, number[]> = new Map();
  /** Nodes of fields, by token and name. `*` holds stores under unknown names, `?` holds all stores. */
  readonly fields: Map<number, Map<string, number>> = new Map();
  /** All names that the program stores a member under. */
  readonly storedNames: ReadonlySet<string>;
  /** Variables that hold the argument of a decorator, or of another wrapper of functions. */
  readonly wrappedCells: ReadonlySet<number>;
  readonly inheritance: Inheritance = new Inheritance(this);
  /** By token and name: the function of a getter. */
  readonly getters: Map<number, Map<string, number>> = new Map();
  readonly #apis: readonly Api[];
  /** The first node for results of functions. The nodes come in this order: values, results, receivers, cells. */
  readonly #firstReturns: number;
  readonly #firstReceiver: number;
  readonly #firstCell: number;
  readonly #exports = new Map<string, number>();
  /** By node: the pairs of token and purpose that `isFirst` has seen. Most nodes have few. */
  #seen: (number[] | Set<number> | undefined)[] = [];
  readonly #ways = new Map<string, number>();
  #later: (() => void)[] | undefined = [];

  constructor(program: Program, api: Linker['api'], resolve: ResolveImport) {
    this.program = program;
    this.api = api;
    this.resolve = resolve;
    this.#apis = program.languages.map(({ host }) => api(host));
    this.#firstReturns = program.values;
    this.#firstReceiver = this.#firstReturns + program.functions.length;
    this.#firstCell = this.#firstReceiver + program.functions.length;
    this.graph = new Graph(this.#firstCell + program.cells, (token) => {
      const { kind, ref } = this.tokens.get(token);
      return kind === 'func' && this.func(ref).func.class < 0;
    });
    this.templates = new TemplateIndex(program);
    this.storedNames = storedNames(program);
    this.registered = new Registered(program.cells);
    this.wrappedCells = wrappedCells(program);
  }

  /** The node of all that a function returns or yields. */
  returns(func: number): number {
    return this.#firstReturns + func;
  }

  /** The node of `this` in a function. */
  receiver(func: number): number {
    return this.#firstReceiver + func;
  }

  /** The node of a shared variable, by its global number. */
  cell(cell: number): number {
    return this.#firstCell + cell;
  }

  func(id: number): FuncInfo {
    return this.program.functions[id] as FuncInfo;
  }

  /** The library models for the language of a module. */
  apiOf(module: number): Api {
    return this.#apis[module] ?? this.api(languageAt(this.program, module).host);
  }

  /** The node of a module's export. The first call creates the node and its edges. */
  export(module: number, name: string): number {
    const key = `${module} ${name}`;
    const known = this.#exports.get(key);
    if (known !== undefined) return known;
    const node = this.graph.node();
    this.#exports.set(key, node);
    this.#fillExport(module, name, node);
    return node;
  }

  #fillExport(module: number, name: string, node: number): void {
    const { program, graph } = this;
    const it = program.modules[module];
    if (!it) return;
    let found = false;
    for (const one of it.exports) {
      if ('all' in one || one.name !== name) continue;
      found = true;
      if ('cell' in one) graph.edge(this.cell((program.firstCell[module] as number) + one.cell), node);
      else if ('value' in one) {
        graph.edge(this.func((program.firstFunc[module] as number) + one.func).firstValue + one.value, node);
      } else this.importInto(module, one.from, one.imported, node);
    }
    if (found) return;
    for (const one of it.exports) if ('all' in one) this.importInto(module, one.all, name, node);
    // `module.exports = { name }`, and `import x from` a module without a default export.
    const whole = it.exports.some((one) => !('all' in one) && one.name === '=');
    if (whole && name !== '=') {
      const value = this.export(module, '=');
      if (name === 'default') graph.edge(value, node);
      else graph.listen(value, (token) => lookUp(this, module, token, name, node));
    } else if (name === 'default' && languageAt(program, module).modulesAreDefaults) {
      graph.add(node, this.tokens.of('module', module));
    }
  }

  /** Makes an imported name flow to a node. */
  importInto(module: number, specifier: string, name: string, node: number): void {
    const { graph, tokens } = this;
    const found = this.resolve(module, specifier);
    if (found.module !== undefined) {
      const target = found.module;
      if (name !== '*') {
        graph.edge(this.export(target, name), node);
        this.#addSubmodule(module, specifier, name, node);
      } else {
        graph.add(node, tokens.of('module', target));
        if (this.program.modules[target]?.exports.some((one) => !('all' in one) && one.name === '=')) {
          graph.edge(this.export(target, '='), node);
        }
      }
      return;
    }
    if (this.#addSubmodule(module, specifier, name, node)) return;
    const token = tokens.ofPackage(found.package);
    if (name === '*') this.#addPackage(module, token, node);
    else {
      if (name === 'default') this.#addPackage(module, token, node);
      lookUp(this, module, token, name, node);
    }
  }

  /** Handles Python's `from package import submodule`: the module flows to `node`. False if there is no such module. */
  #addSubmodule(module: number, specifier: string, name: string, node: number): boolean {
    if (!languageAt(this.program, module).hasSubmodules || name === '*') return false;
    const found = this.resolve(module, join(specifier, name));
    if (found.module !== undefined) this.graph.add(node, this.tokens.of('module', found.module));
    return found.module !== undefined;
  }

  #addPackage(module: number, token: number, node: number): void {
    this.graph.add(node, token);
    const name = this.tokens.packageName(this.tokens.get(token).ref);
    this.addStates(this.apiOf(module).packages.get(name) ?? [], node);
  }

  addStates(states: readonly number[], node: number): void {
    for (const state of states) this.graph.add(node, this.tokens.of('state', state));
  }

  /** Makes an instance of a declared type flow to a node. */
  typeInto(module: number, type: TypeName, node: number): void {
    if ('class' in type) {
      this.graph.add(
        node,
        this.tokens.of('instance', (this.program.firstClass[module] as number) + type.class),
      );
      return;
    }
    if ('cell' in type) {
      this.instancesInto(module, this.cell((this.program.firstCell[module] as number) + type.cell), node);
      return;
    }
    const from = this.graph.node();
    if ('import' in type) {
      const [first, ...more] = type.path;
      this.importInto(module, type.import, first ?? '*', from);
      this.instancesInto(
        module,
        more.reduce((node_, name) => this.memberOf(module, node_, name), from),
        node,
      );
    } else {
      this.addStates(this.apiOf(module).packages.get('global') ?? [], from);
      this.instancesInto(module, this.memberOf(module, from, type.name), node);
    }
  }

  /** Makes a node for the member `name` of all tokens of an object. */
  memberOf(module: number, object: number, name: string): number {
    const node = this.graph.node();
    this.graph.listen(object, (token) => lookUp(this, module, token, name, node));
    return node;
  }

  /** Makes instances of the classes in node `classes` flow to `node`. */
  instancesInto(module: number, classes: number, node: number): void {
    this.graph.listen(classes, (number) => {
      const { kind, ref } = this.tokens.get(number);
      if (kind === 'class') this.graph.add(node, this.tokens.of('instance', ref));
      else if (kind === 'func') this.graph.add(node, this.tokens.of('made', ref));
      else if (kind === 'state') this.addStates(this.apiOf(module).states[ref]?.instance ?? [], node);
    });
  }

  /** True the first time that a node handles a token for the purpose that `way` names. */
  isFirst(node: number, token: number, way: string): boolean {
    let number = this.#ways.get(way);
    if (number === undefined) {
      number = this.#ways.size;
      this.#ways.set(way, number);
    }
    const key = token * purposeRadix + number;
    const seen = this.#seen[node];
    if (seen === undefined) this.#seen[node] = [key];
    else if (Array.isArray(seen)) {
      if (seen.includes(key)) return false;
      if (seen.push(key) > fewWays) this.#seen[node] = new Set(seen);
    } else if (seen.has(key)) return false;
    else seen.add(key);
    return true;
  }

  /** Defers work until all certain facts have been propagated: guesses, and work that needs all base classes. */
  later(work: () => void): void {
    if (this.#later) this.#later.push(work);
    else work();
  }

  /** Runs the deferred work. Work deferred from now on runs at once. */
  doLater(): void {
    const all = this.#later ?? [];
    this.#later = undefined;
    for (const work of all) work();
  }

  /** Releases data that only linking needs. */
  settle(): void {
    this.graph.settle();
    this.#seen = [];
    this.inheritance.settle();
  }

  /** Adds a function that a call, read or store can run. False if it is known, or if there are already `most` functions. */
  addTarget(node: number, target: Target, most: number = maxCallTargets): boolean {
    const all = this.targets.get(node);
    if (!all) {
      this.targets.set(node, [target]);
      return true;
    }
    if (all.length >= most) return false;
    for (const one of all) if (one.func === target.func && one.makes === target.makes) return false;
    all.push(target);
    return true;
  }
}

/** Up to this many entries a linear search is used. */
const fewWays = 24;

/** Exclusive bound on the numbers of purposes. */
const purposeRadix = 2 ** 26;

function join(specifier: string, name: string): string {
  return specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`;
}

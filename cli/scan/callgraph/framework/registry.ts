import { maxRegisteredValues } from '../../budgets/callgraph.ts';
import type { Linker } from '../linker.ts';
import { field, lookUp, symbolName } from '../members.ts';
import type { FuncInfo } from '../program.ts';
import { writtenOrigin, writtenText } from '../written-origin.ts';

/**
 * The values of dependency injection containers, which code registers under keys in one place and takes in another. Each
 * key is a member of one synthetic object. A key is a string, a symbol, a class, or another value that equals only itself.
 */
export class Registry {
  readonly #linker: Linker;
  /** The synthetic object. */
  readonly token: number;
  readonly #registered = new Map<string, number>();

  constructor(linker: Linker) {
    this.#linker = linker;
    this.token = linker.tokens.of('object', linker.graph.node());
  }

  /** Registers a value under a key. Calls `from` with the key's node: `from` makes the value flow into this node. */
  put(info: FuncInfo, key: number, from: (to: number) => void): void {
    this.keys(info, key, (name) => this.putNamed(name, from));
  }

  putNamed(name: string, from: (to: number) => void): void {
    const count = this.#registered.get(name) ?? 0;
    if (count >= maxRegisteredValues) return;
    this.#registered.set(name, count + 1);
    from(field(this.#linker, this.token, name));
  }

  /**
   * Makes the value registered under a key flow into node `to`. If the key is a class, an instance of it flows there
   * too. Does nothing if the key is a parameter.
   */
  take(info: FuncInfo, key: number, to: number): void {
    if (this.#isPassed(info, key)) return;
    this.keys(info, key, (name) => this.takeNamed(info.module, name, to));
    this.#linker.instancesInto(info.module, info.firstValue + key, to);
  }

  takeNamed(module: number, name: string, to: number): void {
    lookUp(this.#linker, module, this.token, name, to);
  }

  /** Makes the values registered for a class flow into a node that is declared to be an instance of it. */
  takeDeclared(module: number, declared: number): void {
    const { graph, tokens } = this.#linker;
    graph.listen(declared, (token) => {
      const { kind, ref } = tokens.get(token);
      if (kind === 'instance') this.takeNamed(module, className(ref), declared);
    });
  }

  #isPassed(info: FuncInfo, key: number): boolean {
    const origin = writtenOrigin(this.#linker, { info, value: key });
    return origin.info.func.code[origin.value]?.op === 'param';
  }

  /** Calls `tell` with the member name for each key that a value may be. Does not call it if the value is a parameter. */
  keys(info: FuncInfo, key: number, tell: (name: string) => void): void {
    const text = writtenText(this.#linker, { info, value: key });
    if (text !== undefined) {
      tell(text);
      return;
    }
    if (this.#isPassed(info, key)) return;
    const told = new Set<string>();
    this.#linker.graph.listen(info.firstValue + key, (token) => {
      const { kind, ref } = this.#linker.tokens.get(token);
      const name = kind === 'symbol' ? symbolName(token) : kind === 'class' ? className(ref) : undefined;
      if (name === undefined || told.has(name)) return;
      told.add(name);
      tell(name);
    });
  }
}

/** The member name that a class represents. No string has the same name. */
function className(ref: number): string {
  return `\0class ${ref}`;
}

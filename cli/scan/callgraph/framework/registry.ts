import { maxRegisteredValues } from '../../budgets/callgraph.ts';
import type { Linker } from '../linker.ts';
import { field, lookUp, symbolName } from '../members.ts';
import type { FuncInfo } from '../program.ts';
import { writtenOrigin, writtenText } from '../written-origin.ts';

/**
 * What is registered under keys in one place, and taken out in another: each key is a member of an object that nobody wrote.
 * A key is a text, a symbol, a class, or what else is equal to nothing but itself.
 */
export class Registry {
  readonly #linker: Linker;
  /** The object whose members the keys are. */
  readonly token: number;
  readonly #registered = new Map<string, number>();

  constructor(linker: Linker) {
    this.#linker = linker;
    this.token = linker.tokens.of('object', linker.graph.node());
  }

  /** Lets something be what is registered under a key; `from` is told where it is to flow. */
  put(info: FuncInfo, key: number, from: (to: number) => void): void {
    this.keys(info, key, (name) => this.putNamed(name, from));
  }

  putNamed(name: string, from: (to: number) => void): void {
    const count = this.#registered.get(name) ?? 0;
    if (count >= maxRegisteredValues) return;
    this.#registered.set(name, count + 1);
    from(field(this.#linker, this.token, name));
  }

  /** Lets what is registered under a key flow into a node: of a class an instance, whatever is registered for it. */
  take(info: FuncInfo, key: number, to: number): void {
    if (this.#isPassed(info, key)) return;
    this.keys(info, key, (name) => this.takeNamed(info.module, name, to));
    this.#linker.instancesInto(info.module, info.firstValue + key, to);
  }

  takeNamed(module: number, name: string, to: number): void {
    lookUp(this.#linker, module, this.token, name, to);
  }

  /** What is registered in the place of a class is what those get that declare its type. */
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

  /** Tells the names of a key, as far as it is known exactly: what callers pass is none. */
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

/** The name of the member that a class stands for: no text is the same. */
function className(ref: number): string {
  return `\0class ${ref}`;
}

import { maxRegisteredKeys } from '../../budgets/callgraph.ts';
/**
 * What a call does with one key of a registry, such as a dependency injection container. It either takes the value that is
 * registered under the key, or registers a value there: one of its arguments, or an entry of an argument.
 */
export interface Registration {
  /** The cell that represents the key. No variable of the program has this number. */
  readonly cell: number;
  /** The index of the registered argument, or -1 if the call takes the value. */
  readonly arg: number;
  /** The entry of the argument that is registered. Undefined for the whole argument. */
  readonly entry: string | undefined;
}

/**
 * The calls that register values under keys of a registry, such as a dependency injection container, or take them. Each key
 * acts as a variable that all modules share. A call is given by its node, a registry by its token.
 */
export class Registered {
  readonly #first: number;
  readonly #cells = new Map<string, number>();
  readonly #calls = new Map<number, Registration[]>();

  /** @param cells the number of shared variables in the program */
  constructor(cells: number) {
    this.#first = cells;
  }

  puts(call: number, registry: number, name: string, arg: number, entry?: string): void {
    this.#add(call, { cell: this.#cell(registry, name), arg, entry });
  }

  takes(call: number, registry: number, name: string): void {
    this.#add(call, { cell: this.#cell(registry, name), arg: -1, entry: undefined });
  }

  of(call: number): readonly Registration[] {
    return this.#calls.get(call) ?? none;
  }

  #cell(registry: number, name: string): number {
    const key = `${registry} ${name}`;
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const cell = this.#first + this.#cells.size;
    this.#cells.set(key, cell);
    return cell;
  }

  #add(call: number, registration: Registration): void {
    const all = this.#calls.get(call);
    if (!all) this.#calls.set(call, [registration]);
    else if (all.length < maxRegisteredKeys && !all.some((one) => one.cell === registration.cell))
      all.push(registration);
  }
}

const none: readonly Registration[] = [];

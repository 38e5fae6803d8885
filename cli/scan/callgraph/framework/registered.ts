import { maxRegisteredKeys } from '../../budgets/callgraph.ts';
/** A call that puts an argument, or an entry of it, under a key, or takes out what is there. */
export interface Registration {
  /** Stands for the key: no variable of the program has this number. */
  readonly cell: number;
  /** Which argument is put there, or -1 where the call takes. */
  readonly arg: number;
  readonly entry: string | undefined;
}

/** Which calls put values under keys or take them: each key is as a variable that all modules share. */
export class Registered {
  readonly #first: number;
  readonly #cells = new Map<string, number>();
  readonly #calls = new Map<number, Registration[]>();

  /** @param cells how many variables the program has */
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

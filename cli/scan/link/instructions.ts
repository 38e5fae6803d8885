import type { Inst, ValueId } from '../ir/ir.ts';
import type { FuncInfo } from './program.ts';

type Op = Inst['op'];
type InstOf<O extends Op> = Extract<Inst, { readonly op: O }>;
type Visit<O extends Op, T> = (inst: InstOf<O>, info: FuncInfo, value: ValueId) => T;

/** Where the instructions of each kind stand in a program: found in one walk for all who look for some. */
export class Instructions {
  readonly #functions: readonly FuncInfo[];
  /** By kind: the number of a function and a value in it, in turn. */
  readonly #places = new Map<Op, number[]>();

  constructor(functions: readonly FuncInfo[]) {
    this.#functions = functions;
    for (let id = 0; id < functions.length; id++) {
      const { code } = (functions[id] as FuncInfo).func;
      for (let value = 0; value < code.length; value++) {
        const { op } = code[value] as Inst;
        const places = this.#places.get(op);
        if (places) places.push(id, value);
        else this.#places.set(op, [id, value]);
      }
    }
  }

  /** Visits those of one kind: function by function, in the order of the code. */
  each<O extends Op>(op: O, visit: Visit<O, void>): void {
    const places = this.#places.get(op) ?? [];
    for (let i = 0; i < places.length; i += 2) {
      const info = this.#functions[places[i] as number] as FuncInfo;
      const value = places[i + 1] as number;
      visit(info.func.code[value] as InstOf<O>, info, value);
    }
  }

  /** Whether any of one kind is what is looked for. */
  some<O extends Op>(op: O, test: Visit<O, boolean>): boolean {
    const places = this.#places.get(op) ?? [];
    for (let i = 0; i < places.length; i += 2) {
      const info = this.#functions[places[i] as number] as FuncInfo;
      const value = places[i + 1] as number;
      if (test(info.func.code[value] as InstOf<O>, info, value)) return true;
    }
    return false;
  }
}

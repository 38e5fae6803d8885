import type { Inst, ValueId } from '../ir/ir.ts';
import type { FuncInfo } from './program.ts';

type Op = Inst['op'];
type InstOf<O extends Op> = Extract<Inst, { readonly op: O }>;
type Visit<O extends Op, T> = (inst: InstOf<O>, info: FuncInfo, value: ValueId) => T;
type Names = ReadonlySet<string> | ReadonlyMap<string, unknown>;

/** Index of a program's instructions by kind. One traversal builds it for all queries. */
export class Instructions {
  readonly #functions: readonly FuncInfo[];
  /** By function: its first node. The last entry is the total. */
  readonly #starts: Int32Array;
  /** By kind: the first node of that kind. */
  readonly #first = new Map<Op, number>();
  /** By node: the next node of the same kind, or -1. */
  readonly #next: Int32Array;
  /** By name of the callee: the nodes of the calls. Undefined until the first use. */
  #calls: ReadonlyMap<string, readonly number[]> | undefined;

  /** @param values the number of nodes of all functions */
  constructor(functions: readonly FuncInfo[], values: number) {
    this.#functions = functions;
    this.#starts = new Int32Array(functions.length + 1).fill(values);
    this.#next = new Int32Array(values).fill(-1);
    const kinds = new Map<Op, number>();
    /** By index of a kind: its last node so far. */
    const last: number[] = [];
    for (let id = 0; id < functions.length; id++) {
      const { func, firstValue } = functions[id] as FuncInfo;
      this.#starts[id] = firstValue;
      for (let value = 0; value < func.code.length; value++) {
        const { op } = func.code[value] as Inst;
        const node = firstValue + value;
        const kind = kinds.get(op);
        if (kind === undefined) {
          kinds.set(op, last.push(node) - 1);
          this.#first.set(op, node);
        } else {
          this.#next[last[kind] as number] = node;
          last[kind] = node;
        }
      }
    }
  }

  /** Visits all instructions of one kind, by function and in code order. */
  each<O extends Op>(op: O, visit: Visit<O, void>): void {
    let id = 0;
    for (let node = this.#first.get(op) ?? -1; node >= 0; node = this.#next[node] as number) {
      while (node >= (this.#starts[id + 1] as number)) id++;
      const value = node - (this.#starts[id] as number);
      const info = this.#functions[id] as FuncInfo;
      visit(info.func.code[value] as InstOf<O>, info, value);
    }
  }

  /** Whether any instruction of one kind passes a test. */
  some<O extends Op>(op: O, test: Visit<O, boolean>): boolean {
    let id = 0;
    for (let node = this.#first.get(op) ?? -1; node >= 0; node = this.#next[node] as number) {
      while (node >= (this.#starts[id + 1] as number)) id++;
      const value = node - (this.#starts[id] as number);
      const info = this.#functions[id] as FuncInfo;
      if (test(info.func.code[value] as InstOf<O>, info, value)) return true;
    }
    return false;
  }

  /** Visits the calls whose callee is a member, an import or a global with one of these names, in the order of `each`. */
  calls(names: Names, visit: Visit<'call', void>): void {
    const calls = this.#callsByName();
    const nodes: number[] = [];
    for (const name of names.keys()) for (const node of calls.get(name) ?? none) nodes.push(node);
    let id = 0;
    for (const node of Int32Array.from(nodes).sort()) {
      while (node >= (this.#starts[id + 1] as number)) id++;
      const value = node - (this.#starts[id] as number);
      const info = this.#functions[id] as FuncInfo;
      visit(info.func.code[value] as InstOf<'call'>, info, value);
    }
  }

  /** Whether any call has a member, an import or a global with this name as its callee. */
  isCalled(name: string): boolean {
    return this.#callsByName().has(name);
  }

  #callsByName(): ReadonlyMap<string, readonly number[]> {
    if (this.#calls) return this.#calls;
    const calls = new Map<string, number[]>();
    this.each('call', (inst, { func, firstValue }, value) => {
      const callee = func.code[inst.callee];
      if (callee?.op !== 'member' && callee?.op !== 'import' && callee?.op !== 'global') return;
      const known = calls.get(callee.name);
      if (known) known.push(firstValue + value);
      else calls.set(callee.name, [firstValue + value]);
    });
    this.#calls = calls;
    return calls;
  }
}

const none: readonly number[] = [];

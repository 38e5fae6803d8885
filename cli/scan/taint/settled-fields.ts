import type { Constant } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';

/** The fields of classes of which the program itself says what they are, once and for all. */
export class SettledFields {
  readonly #linked: Linked;
  /** By name: the constant that a constructor stores under it, and nothing else stores anything; null elsewhere. */
  readonly #stored = new Map<string, { readonly constant: Constant } | null>();
  /** By name: the classes that declare it with a value. */
  readonly #declared = new Map<string, number[]>();

  constructor(linked: Linked) {
    this.#linked = linked;
    const { functions, firstClass } = linked.program;
    for (const { module, func } of functions) {
      for (const inst of func.code) {
        if (inst.op === 'store') {
          const value = func.code[inst.value];
          // What is stored later was something else before.
          const isOnly = func.name === 'constructor' && !this.#stored.has(inst.name);
          this.#stored.set(inst.name, isOnly && value?.op === 'const' ? { constant: value.value } : null);
        } else if (inst.op === 'class') {
          const id = (firstClass[module] as number) + inst.class;
          for (const name of inst.names) {
            const classes = this.#declared.get(name);
            if (classes) classes.push(id);
            else this.#declared.set(name, [id]);
          }
        }
      }
    }
  }

  /** The constant that `this.name` is wherever it is read: nothing else is ever stored under that name. */
  constant(name: string): { readonly constant: Constant } | undefined {
    return this.#declared.has(name) ? undefined : (this.#stored.get(name) ?? undefined);
  }

  /**
   * Whether what a class declares a field to be is what its methods read: nothing is stored in it, no heir declares it anew.
   * With a type it may be a default for what constructors are given, as of Python's data classes.
   */
  isAsDeclared(owner: number, name: string): boolean {
    const fields = this.#linked.program.classes[owner]?.class.fields ?? [];
    return (
      !this.#stored.has(name) &&
      !fields.some((field) => field.name === name) &&
      !(this.#declared.get(name) ?? []).some((one) => this.#linked.ancestors(one).includes(owner))
    );
  }
}

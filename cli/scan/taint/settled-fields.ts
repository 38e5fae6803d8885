import type { Constant, Func, Inst } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { literalText } from '../link/program.ts';

/** The fields of classes of which the program itself says what they are, once and for all. */
export class SettledFields {
  readonly #linked: Linked;
  /** By name: the constant that a constructor stores under it, and nothing else stores anything; null elsewhere. */
  readonly #stored = new Map<string, { readonly constant: Constant } | null>();
  /** By name: the classes that declare it with a value. */
  readonly #declared = new Map<string, number[]>();
  /** Classes that store in themselves under names that are not written down: options may replace any of their fields. */
  readonly #open = new Set<number>();

  constructor(linked: Linked) {
    this.#linked = linked;
    const { functions, firstClass } = linked.program;
    for (const { id, module, func } of functions) {
      for (const inst of func.code) {
        if (storesAnywhere(func, inst)) this.#open.add(linked.classOf(id));
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
  constant(owner: number, name: string): { readonly constant: Constant } | undefined {
    return this.#declared.has(name) || this.#isOpen(owner)
      ? undefined
      : (this.#stored.get(name) ?? undefined);
  }

  /** Whether a class, one above or one below stores under any name. */
  #isOpen(owner: number): boolean {
    const { ancestors } = this.#linked;
    if (this.#open.has(owner) || ancestors(owner).some((one) => this.#open.has(one))) return true;
    for (const one of this.#open) if (ancestors(one).includes(owner)) return true;
    return false;
  }

  /**
   * Whether what a class declares a field to be is what its methods read: nothing is stored in it, no heir declares it anew.
   * With a type it may be a default for what constructors are given, as of Python's data classes.
   */
  isAsDeclared(owner: number, name: string): boolean {
    const fields = this.#linked.program.classes[owner]?.class.fields ?? [];
    return (
      !this.#stored.has(name) &&
      !this.#isOpen(owner) &&
      !fields.some((field) => field.name === name) &&
      !(this.#declared.get(name) ?? []).some((one) => this.#linked.ancestors(one).includes(owner))
    );
  }
}

/** `this[name] = value`, `Object.assign(this, options)`, `setattr(self, name, value)`, `self.__dict__` */
function storesAnywhere(func: Func, inst: Inst): boolean {
  const { code } = func;
  const isThis = (value: number | undefined): boolean => {
    let at = code[value ?? -1];
    // After something was stored in it, or it was passed somewhere.
    for (let hop = 0; hop < maxHops && at; hop++) {
      if (at.op === 'store' || at.op === 'store-index') at = code[at.object];
      else if (at.op === 'effect' || at.op === 'typed') at = code[at.value];
      else if (at.op === 'phi') at = code[at.inputs[0] ?? -1];
      else return at.op === 'this';
    }
    return at !== undefined;
  };
  if (inst.op === 'store-index') return isThis(inst.object) && literalText(func, inst.key) === undefined;
  if (inst.op === 'member') return inst.name === '__dict__' && isThis(inst.object);
  return inst.op === 'call' && isThis(inst.args[0]) && assigning.has(calledName(code, inst.callee));
}

/** What lies behind more than this counts as `this`. */
const maxHops = 60;

const assigning: ReadonlySet<string> = new Set([
  'assign',
  'setattr',
  'defineProperty',
  'extend',
  'merge',
  'defaults',
]);

function calledName(code: readonly Inst[], callee: number): string {
  const inst = code[callee];
  return inst?.op === 'member' || inst?.op === 'import' || inst?.op === 'global' ? inst.name : '';
}

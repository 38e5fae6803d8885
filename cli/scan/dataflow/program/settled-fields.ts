import { maxHopsToThis, maxSettledClasses } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { literalText } from '../../callgraph/program.ts';
import type { Constant, Inst } from '../../ir/ir.ts';

/**
 * By class: the constant that its constructor stores in a field. Null if it stores more than once, or a value that is no constant.
 */
type ByClass = Map<number, { readonly constant: Constant } | null>;

/** Finds fields that always hold one constant: constructors store it, and no other code stores under the field's name. */
export class SettledFields {
  readonly #linked: Linked;
  /** By name of a field: the constants that constructors store. Null if any other code stores under that name. */
  readonly #stored = new Map<string, ByClass | null>();
  /** By name of a field: the classes that declare it with a value. */
  readonly #declared = new Map<string, number[]>();
  /** The classes that store into `this` under computed names, which may overwrite any field. */
  readonly #open = new Set<number>();
  /** The classes in `#open`, with their ancestors and descendants. Computed on demand. */
  #nearOpen: Set<number> | undefined;

  constructor(linked: Linked) {
    this.#linked = linked;
    this.#findOpen();
    const { instructions, firstClass } = linked.program;
    const inits = initsOf(linked);
    instructions.each('store', (inst, { id, func }) => {
      const isMaking = (func.name === 'constructor' || inits.has(id)) && isThis(func.code, inst.object);
      this.#note(inst.name, isMaking ? linked.classOf(id) : -1, func.code[inst.value]);
    });
    instructions.each('class', (inst, { module }) => {
      const id = (firstClass[module] as number) + inst.class;
      for (const name of inst.names) {
        const classes = this.#declared.get(name);
        if (classes) classes.push(id);
        else this.#declared.set(name, [id]);
      }
    });
  }

  /** Finds `this[name] = value`, `Object.assign(this, options)`, `setattr(self, name, value)`, `self.__dict__`. */
  #findOpen(): void {
    const linked = this.#linked;
    const { instructions } = linked.program;
    instructions.each('store-index', ({ object, key }, { id, func }) => {
      if (isThis(func.code, object) && literalText(func, key) === undefined)
        this.#open.add(linked.classOf(id));
    });
    instructions.each('member', ({ name, object }, { id, func }) => {
      if (name === '__dict__' && isThis(func.code, object)) this.#open.add(linked.classOf(id));
    });
    instructions.each('call', ({ callee, args }, { id, func }) => {
      if (assigning.has(calledName(func.code, callee)) && isThis(func.code, args[0]))
        this.#open.add(linked.classOf(id));
    });
  }

  #note(name: string, owner: number, value: Inst | undefined): void {
    const before = this.#stored.get(name);
    if (before === null) return;
    if (owner < 0) {
      this.#stored.set(name, null);
      return;
    }
    const byClass = before ?? new Map();
    // With a second store, the field has more than one value.
    const isOnly = !byClass.has(owner) && value?.op === 'const';
    byClass.set(owner, isOnly ? { constant: value.value } : null);
    this.#stored.set(name, byClass);
  }

  /** Whether a field of this name may hold one constant in some class. If not, `constant` returns undefined for all classes. */
  mayBeConstant(name: string): boolean {
    return (this.#stored.get(name) ?? null) !== null && !this.#declared.has(name);
  }

  /**
   * The constant that the field `name` holds in every method of the class `owner`. Undefined if it may hold another value, as when
   * any code but a constructor stores under the name.
   */
  constant(owner: number, name: string): { readonly constant: Constant } | undefined {
    const byClass = this.#stored.get(name);
    if (!byClass || this.#declared.has(name) || this.#isOpen(owner)) return undefined;
    if (byClass.size === 1) return [...byClass.values()][0] ?? undefined;
    if (byClass.size > maxSettledClasses) return undefined;
    const { ancestors } = this.#linked;
    // An instance of a subclass has the subclass's value.
    if ([...byClass.keys()].some((one) => ancestors(one).includes(owner))) return undefined;
    return byClass.get(owner) ?? undefined;
  }

  /** Whether a class, or one that it extends or that extends it, stores into `this` under computed names. */
  #isOpen(owner: number): boolean {
    if (!this.#nearOpen) {
      const { ancestors, program } = this.#linked;
      this.#nearOpen = new Set(this.#open);
      for (const one of this.#open) for (const above of ancestors(one)) this.#nearOpen.add(above);
      for (const one of program.classes.keys())
        if (ancestors(one).some((above) => this.#open.has(above))) this.#nearOpen.add(one);
    }
    return this.#nearOpen.has(owner);
  }

  /**
   * Whether a field always holds its declared value: no code stores under the name, and no subclass declares it again.
   * False for a field with a type. Its value may come from an argument of the constructor, as in Python's data classes.
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

/** The functions that run the initial values of fields which classes declare: `algorithm = 'aes-256-gcm'`. */
function initsOf({ program: { classes, firstFunc } }: Linked): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { module, class: it } of classes)
    if (it.init >= 0) found.add((firstFunc[module] as number) + it.init);
  return found;
}

/** Whether a value is `this`, also after stores into it or calls with it. True when unknown. */
function isThis(code: readonly Inst[], value: number | undefined): boolean {
  let at = code[value ?? -1];
  for (let hop = 0; hop < maxHopsToThis && at; hop++) {
    if (at.op === 'store' || at.op === 'store-index') at = code[at.object];
    else if (at.op === 'effect' || at.op === 'typed') at = code[at.value];
    else if (at.op === 'phi') at = code[at.inputs[0] ?? -1];
    else return at.op === 'this';
  }
  return at !== undefined;
}

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

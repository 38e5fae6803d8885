import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { localNames } from '../ir/local-names.ts';
import { constText } from '../taint/abstract.ts';
import type { Frame } from '../taint/frame.ts';
import type { UseRule } from './rule.ts';

/** Rules by the instructions and the names that they look at: most instructions concern none of them. */
export class RuleIndex {
  readonly #all = new Map<Inst['op'], readonly UseRule[]>();
  readonly #named = new Map<Inst['op'], Map<string, readonly UseRule[]>>();
  readonly #lists = new Map<string, readonly UseRule[]>();

  constructor(rules: readonly UseRule[]) {
    for (const rule of rules)
      for (const op of rule.on) this.#all.set(op, [...(this.#all.get(op) ?? []), rule]);
    for (const op of this.#all.keys()) this.#named.set(op, new Map());
  }

  /** Whether any rule looks at instructions of a kind. */
  has(op: Inst['op']): boolean {
    return this.#all.has(op);
  }

  /** The rules that an instruction may concern, in their order. */
  of(frame: Frame, value: ValueId, inst: Inst): readonly UseRule[] {
    switch (inst.op) {
      case 'call':
        return isModelled(frame, inst)
          ? this.#allOf(inst.op)
          : this.#ofNames(inst.op, callNames(frame, value, inst));
      case 'store':
        return this.#ofName(inst.op, inst.name);
      case 'cell-store':
        return this.#ofName(inst.op, frame.linked.program.modules[frame.info.module]?.cells[inst.cell]?.name);
      case 'store-index':
        return this.#ofName(inst.op, constText(frame.values[inst.key]));
      case 'object':
        return this.#ofNames(inst.op, keyNames(frame, inst.keys));
      case 'class':
        return this.#ofNames(inst.op, inst.names);
      case 'member':
        return this.#find(inst.op, inst.name, (rule) => rule.members?.test(inst.name) ?? true);
      case 'binary':
        return this.#find(inst.op, inst.operator, (rule) => rule.operators?.includes(inst.operator) ?? false);
      default:
        return this.#allOf(inst.op);
    }
  }

  #allOf(op: Inst['op']): readonly UseRule[] {
    return this.#all.get(op) ?? none;
  }

  #ofName(op: Inst['op'], name: string | undefined): readonly UseRule[] {
    if (name === undefined || name.length > longestName) return none;
    return this.#find(op, name, (rule) => rule.names?.test(name) ?? false);
  }

  #find(op: Inst['op'], name: string, isFor: (rule: UseRule) => boolean): readonly UseRule[] {
    const known = this.#named.get(op);
    let rules = known?.get(name);
    if (!rules) {
      rules = this.#same(this.#allOf(op).filter(isFor));
      // Who scans again and again sees ever new names.
      if (known && known.size >= maxKnown) known.clear();
      known?.set(name, rules);
    }
    return rules;
  }

  /** One list for all names that the same rules are for: then two names of an instruction are told to add nothing. */
  #same(rules: readonly UseRule[]): readonly UseRule[] {
    if (rules.length === 0) return none;
    const key = rules.map(({ id }) => id).join(' ');
    const known = this.#lists.get(key);
    if (!known) this.#lists.set(key, rules);
    return known ?? rules;
  }

  #ofNames(op: Inst['op'], names: Iterable<string>): readonly UseRule[] {
    let found = none;
    for (const name of names) {
      const some = this.#ofName(op, name);
      if (some.length === 0 || some === found) continue;
      const before = found;
      found =
        before.length === 0
          ? some
          : this.#allOf(op).filter((rule) => before.includes(rule) || some.includes(rule));
    }
    return found;
  }
}

const none: readonly UseRule[] = Object.freeze([]);
const longestName = 200;
const maxKnown = 20_000;

/** Whether a library's model knows what is called, or what is handed to it; or something unknown is spread into it. */
function isModelled({ linked, id }: Frame, { callee, args, names, spread }: Call): boolean {
  const knows = (value: ValueId): boolean => linked.states(id, value).length > 0;
  return (
    knows(callee) ||
    args.some(knows) ||
    spread !== undefined ||
    names?.some((name) => name?.startsWith('*')) === true
  );
}

function* callNames(
  { func, info, linked }: Frame,
  value: ValueId,
  { callee, names }: Call,
): Generator<string> {
  yield* localNames(func, value);
  const inst = func.code[callee];
  if (inst?.op === 'cell-load') yield linked.program.modules[info.module]?.cells[inst.cell]?.name ?? '';
  if (inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import') yield inst.name;
  if (inst?.op === 'import') yield inst.specifier;
  for (const name of names ?? []) if (name) yield name;
}

function* keyNames({ values }: Frame, keys: readonly (string | ValueId | null)[]): Generator<string> {
  for (const key of keys) {
    const name = typeof key === 'number' ? constText(values[key]) : key;
    if (typeof name === 'string') yield name;
  }
}

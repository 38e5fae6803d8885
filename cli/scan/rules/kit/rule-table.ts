import { constText } from '../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import type { NameFilter } from './name-filter.ts';
import type { UseRule } from './rule.ts';
import { noRules, RuleLists } from './rule-lists.ts';
import { isBoundBefore } from './value/bound-before.ts';

/** Finds the rules that may match an instruction, by its kind and its names. Most instructions match none. */
export class RuleTable {
  readonly #lists: RuleLists;

  constructor(rules: readonly UseRule[], filter: NameFilter) {
    this.#lists = new RuleLists(rules, filter);
  }

  /** The rules that may match an instruction, in the order of all rules. */
  of(frame: FunctionView, value: ValueId, inst: Inst): readonly UseRule[] {
    const lists = this.#lists;
    switch (inst.op) {
      case 'call':
        return this.#ofCall(frame, value, inst);
      case 'store':
      case 'member':
        return lists.of(inst.op, inst.name);
      case 'cell-store':
        return lists.of(inst.op, cellName(frame, inst.cell));
      case 'store-index':
        return lists.of(inst.op, constText(frame.values[inst.key]));
      case 'index':
        return lists.of(inst.op, keyText(frame, inst.key));
      case 'object':
        return this.#ofKeys(frame, inst.keys);
      case 'class':
        return this.#ofNames(inst.op, inst.names, noRules);
      case 'const':
        return typeof inst.value === 'string' ? this.#ofText(frame, value, inst.value) : noRules;
      case 'param':
        return lists.of(inst.op, frame.func.params[inst.index]?.name);
      case 'binary':
        return lists.of(inst.op, inst.operator);
      default:
        return lists.all(inst.op);
    }
  }

  #ofNames(
    kind: 'call' | 'modelled' | 'class' | 'variable',
    names: readonly (string | null | undefined)[],
    known: readonly UseRule[],
  ): readonly UseRule[] {
    let found = known;
    for (const name of names) if (name) found = this.#lists.join(found, this.#lists.of(kind, name));
    return found;
  }

  #ofKeys(frame: FunctionView, keys: readonly (string | ValueId | null)[]): readonly UseRule[] {
    const lists = this.#lists;
    let found = noRules;
    for (const key of keys) {
      const name = typeof key === 'number' ? constText(frame.values[key]) : key;
      if (typeof name === 'string') found = lists.join(found, lists.of('object', name));
    }
    return found;
  }

  /** The rules that match a text, or the name of a variable that holds it. */
  #ofText({ func }: FunctionView, value: ValueId, text: string): readonly UseRule[] {
    return this.#ofNames('variable', localNames(func, value), this.#lists.of('const', text));
  }

  #ofCall(frame: FunctionView, value: ValueId, call: Call): readonly UseRule[] {
    const lists = this.#lists;
    const { linked, id, func } = frame;
    // An unknown value that is spread into the arguments may be anything.
    const isOpen = isSpread(call);
    let kind: 'call' | 'modelled' = isOpen ? 'modelled' : 'call';
    let found = isOpen ? lists.of(kind, '') : noRules;
    for (let i = -1; i < call.args.length; i++) {
      const states = linked.states(id, i < 0 ? call.callee : (call.args[i] as ValueId));
      if (states.length === 0) continue;
      kind = 'modelled';
      for (const { name } of states) found = lists.join(found, lists.of(kind, name));
    }
    if (
      kind === 'modelled' &&
      !isOpen &&
      frame.language.hasKeywordArguments &&
      isBoundBefore(linked, id, call)
    )
      found = lists.join(found, lists.of(kind, ''));
    found = this.#ofNames(kind, localNames(func, value), found);
    const callee = func.code[call.callee];
    if (callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import')
      found = lists.join(found, lists.of(kind, callee.name));
    if (callee?.op === 'import') found = lists.join(found, lists.of(kind, callee.specifier));
    if (callee?.op === 'cell-load') found = lists.join(found, lists.of(kind, cellName(frame, callee.cell)));
    return call.names ? this.#ofNames(kind, call.names, found) : found;
  }
}

function isSpread({ spread, names }: Call): boolean {
  return spread !== undefined || names?.some((name) => name?.startsWith('*')) === true;
}

function cellName({ linked, info }: FunctionView, cell: number): string | undefined {
  return linked.program.modules[info.module]?.cells[cell]?.name;
}

function keyText({ func, values }: FunctionView, key: ValueId): string | undefined {
  const inst = func.code[key];
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : constText(values[key]);
}

import type { Linked } from '../../callgraph/linked.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import { NameFilter } from './name-filter.ts';
import type { UseRule } from './rule.ts';
import { RuleTable } from './rule-table.ts';

/** Selects the use rules that apply to a function. */
export class RuleIndex {
  readonly #rules: readonly UseRule[];
  readonly #filters = new Map<string, NameFilter>();
  readonly #tables = new Map<string, RuleTable>();
  readonly #ofPrograms = new WeakMap<Linked, Map<string, RuleTable>>();

  constructor(rules: readonly UseRule[]) {
    this.#rules = rules;
  }

  /**
   * Returns the rules that apply to a function, judging by its language, by the rules' `needs`, and by whether
   * untrusted data reaches it.
   */
  for({ linked, language: { id }, isConstantPass: isPlain }: FunctionView): RuleTable {
    let tables = this.#ofPrograms.get(linked);
    if (!tables) {
      tables = new Map();
      this.#ofPrograms.set(linked, tables);
    }
    const key = isPlain ? id : `${id} with data`;
    let table = tables.get(key);
    if (!table) {
      const rules = this.#rules.filter(
        ({ languages, needs }) => (languages?.includes(id) ?? true) && (needs?.(linked) ?? true),
      );
      table = this.#of(isPlain ? rules.filter(({ isOfData }) => !isOfData) : rules, this.#filterOf(rules));
      tables.set(key, table);
    }
    return table;
  }

  /**
   * Returns the table for these rules. The same rules always get the same table, since a table caches which rules match
   * a name.
   */
  #of(rules: readonly UseRule[], filter: NameFilter): RuleTable {
    const key = keyOf(rules);
    let table = this.#tables.get(key);
    if (!table) {
      table = new RuleTable(rules, filter);
      this.#tables.set(key, table);
    }
    return table;
  }

  #filterOf(rules: readonly UseRule[]): NameFilter {
    const key = keyOf(rules);
    let filter = this.#filters.get(key);
    if (!filter) {
      filter = new NameFilter(rules);
      this.#filters.set(key, filter);
    }
    return filter;
  }
}

function keyOf(rules: readonly UseRule[]): string {
  return rules.map(({ id, on }) => `${id} ${on}`).join();
}

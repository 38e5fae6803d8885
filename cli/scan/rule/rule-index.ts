import type { Linked } from '../link/linked.ts';
import type { Frame } from '../taint/frame.ts';
import type { UseRule } from './rule.ts';
import { RuleTable } from './rule-table.ts';

/** All rules that look at instructions, by the functions that they look at. */
export class RuleIndex {
  readonly #rules: readonly UseRule[];
  readonly #tables = new Map<string, RuleTable>();
  readonly #ofPrograms = new WeakMap<Linked, Map<string, RuleTable>>();

  constructor(rules: readonly UseRule[]) {
    this.#rules = rules;
  }

  /** The rules for a function: most speak of one language, and some of what few programs have. */
  for({ linked, info, isPlain }: Frame): RuleTable {
    const language = linked.program.modules[info.module]?.language ?? 'javascript';
    let tables = this.#ofPrograms.get(linked);
    if (!tables) {
      tables = new Map();
      this.#ofPrograms.set(linked, tables);
    }
    const key = isPlain ? language : `${language} with data`;
    let table = tables.get(key);
    if (!table) {
      table = this.#of(
        this.#rules.filter(
          (rule) =>
            (rule.languages?.includes(language) ?? true) &&
            !(isPlain && rule.isOfData) &&
            (rule.needs?.(linked) ?? true),
        ),
      );
      tables.set(key, table);
    }
    return table;
  }

  /** One table for the same rules, as it remembers which names concern them. */
  #of(rules: readonly UseRule[]): RuleTable {
    const key = rules.map(({ id, on }) => `${id} ${on}`).join();
    let table = this.#tables.get(key);
    if (!table) {
      table = new RuleTable(rules);
      this.#tables.set(key, table);
    }
    return table;
  }
}

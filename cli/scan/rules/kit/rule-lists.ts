import type { Inst } from '../../ir/ir.ts';
import { anyOf, type NameFilter } from './name-filter.ts';
import type { UseRule } from './rule.ts';

/** What has a name: a kind of instruction, a call that a library model covers, or a variable that holds a text. */
type Kind = Inst['op'] | 'modelled' | 'variable';

/** The rules on one kind of instructions. */
interface OfKind {
  readonly all: readonly UseRule[];
  /** The rules that accept any name. */
  readonly unnamed: readonly UseRule[];
  /** The patterns of each rule for a name. Undefined for rules that accept all names. */
  readonly patterns: readonly (readonly RegExp[] | undefined)[];
  /** Whether any other rule may match the name. Most names match none. */
  readonly mayLook: (name: string) => boolean;
  readonly known: Map<string, readonly UseRule[]>;
}

/** The only empty list of rules: every function that finds no rules returns this object. */
export const noRules: readonly UseRule[] = Object.freeze([]);
const longestName = 200;
const maxKnown = 20_000;
/** Kinds whose names can be long. */
const unlimited: ReadonlySet<Kind> = new Set(['const', 'variable', 'member', 'index', 'param', 'modelled']);

/** Finds the rules that may match a name. Lists with the same rules are one object, so a list can be the key of a cache. */
export class RuleLists {
  readonly #rules: readonly UseRule[];
  readonly #filter: NameFilter;
  readonly #kinds = new Map<Kind, OfKind>();
  readonly #lists = new Map<string, readonly UseRule[]>();
  readonly #joined = new WeakMap<readonly UseRule[], WeakMap<readonly UseRule[], readonly UseRule[]>>();

  /** @param filter a filter for these rules, and perhaps for others too */
  constructor(rules: readonly UseRule[], filter: NameFilter) {
    this.#rules = rules;
    this.#filter = filter;
    for (const op of new Set(rules.flatMap(({ on }) => on))) {
      const all = rules.filter(({ on }) => on.includes(op));
      this.#add(op, all);
      if (op === 'call') this.#add('modelled', all);
      if (op === 'const') this.#add('variable', all);
    }
  }

  #add(kind: Kind, all: readonly UseRule[]): void {
    const patterns = all.map((rule) => patternsOf(rule, kind));
    const unnamed = this.#same(all.filter((_, i) => !patterns[i]));
    const mayLook = this.#mayLook(kind, patterns);
    this.#kinds.set(kind, { all, unnamed, patterns, mayLook, known: new Map() });
  }

  #mayLook(kind: Kind, patterns: OfKind['patterns']): OfKind['mayLook'] {
    if (kind === 'modelled') return (name) => this.#filter.mayBeModelled(name);
    if (!ownPatterns.has(kind)) return (name) => this.#filter.mayBeName(name);
    const own = anyOf(patterns.flatMap((some) => some ?? []));
    return (name) => own.some((one) => one.test(name));
  }

  /** Returns all rules for a kind of instruction, whatever names they match. */
  all(kind: Kind): readonly UseRule[] {
    return this.#kinds.get(kind)?.all ?? noRules;
  }

  /**
   * Returns the rules for a kind of instruction that match a name, in the order of all rules. Empty if the name is
   * undefined.
   */
  of(kind: Kind, name: string | undefined): readonly UseRule[] {
    const lists = this.#kinds.get(kind);
    if (name === undefined || !lists) return noRules;
    const { known } = lists;
    const before = known.get(name);
    if (before) return before;
    const isLong = name.length > longestName;
    if (isLong && !unlimited.has(kind)) return noRules;
    const rules = lists.mayLook(name) ? this.#same(namedIn(lists, name)) : lists.unnamed;
    // A process that scans repeatedly meets new names all the time.
    if (known.size >= maxKnown) known.clear();
    if (!isLong) known.set(name, rules);
    return rules;
  }

  /** The union of two lists, in the order of all rules. */
  join(one: readonly UseRule[], other: readonly UseRule[]): readonly UseRule[] {
    if (one === other || other.length === 0) return one;
    if (one.length === 0) return other;
    let known = this.#joined.get(one);
    if (!known) {
      known = new WeakMap();
      this.#joined.set(one, known);
    }
    let both = known.get(other);
    if (!both) {
      const rules = new Set([...one, ...other]);
      both = this.#same(this.#rules.filter((rule) => rules.has(rule)));
      known.set(other, both);
    }
    return both;
  }

  #same(rules: readonly UseRule[]): readonly UseRule[] {
    if (rules.length === 0) return noRules;
    const key = rules.map((rule) => this.#rules.indexOf(rule)).join();
    const known = this.#lists.get(key);
    if (known) return known;
    if (this.#lists.size >= maxKnown) this.#lists.clear();
    this.#lists.set(key, rules);
    return rules;
  }
}

function namedIn({ all, patterns }: OfKind, name: string): readonly UseRule[] {
  return all.filter((_, i) => patterns[i]?.some((one) => one.test(name)) ?? true);
}

/** Kinds whose names are matched by more than `names`. */
const ownPatterns: ReadonlySet<Kind> = new Set(['const', 'member', 'index', 'param', 'binary']);

/** The patterns of a rule for names of a kind. At least one must match. Undefined if the rule accepts all names. */
function patternsOf(rule: UseRule, kind: Kind): readonly RegExp[] | undefined {
  const names = rule.names ? [rule.names] : [];
  switch (kind) {
    case 'member':
    case 'index':
    case 'param':
      return rule.members && [rule.members];
    case 'const':
      return rule.texts && [rule.texts];
    case 'binary':
      return (rule.operators ?? []).map((operator) => new RegExp(`^${operator.replace(/[^\w ]/g, '\\$&')}$`));
    case 'modelled':
      return rule.modelled && [rule.modelled, ...names];
    default:
      return names;
  }
}

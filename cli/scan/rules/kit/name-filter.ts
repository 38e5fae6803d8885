import type { UseRule } from './rule.ts';

/**
 * What rules ask of names, all in one: most names are none that any of them looks at. It is made once for all kinds of
 * instructions and all functions, as such an expression takes long to compile.
 */
export class NameFilter {
  readonly #names: readonly RegExp[];
  readonly #states: readonly RegExp[];

  constructor(rules: readonly UseRule[]) {
    this.#names = anyOf(rules.flatMap(({ names }) => names ?? []));
    this.#states = anyOf(rules.flatMap(({ modelled }) => modelled ?? []));
  }

  /** Whether a name may be among the `names` of a rule. */
  mayBeName(name: string): boolean {
    return this.#names.some((one) => one.test(name));
  }

  /** Whether it may be among those, or what is `modelled`. */
  mayBeModelled(name: string): boolean {
    return this.mayBeName(name) || this.#states.some((one) => one.test(name));
  }
}

/** One expression for those in which the case of letters counts, and one for the others: these take longer. */
export function anyOf(patterns: readonly RegExp[]): readonly RegExp[] {
  const exact = patterns.filter(({ ignoreCase }) => !ignoreCase);
  const others = patterns.filter(({ ignoreCase }) => ignoreCase);
  return [joined(exact, ''), joined(others, 'i')].flat();
}

function joined(patterns: readonly RegExp[], flags: string): readonly RegExp[] {
  if (patterns.length === 0) return [];
  return [new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), flags)];
}

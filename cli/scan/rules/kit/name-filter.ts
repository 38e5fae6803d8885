import type { UseRule } from './rule.ts';

/**
 * The name patterns of all rules in one filter, as most names concern no rule. It is built once for all functions and all kinds
 * of instructions, because compiling such an expression is slow.
 */
export class NameFilter {
  readonly #names: readonly RegExp[];
  readonly #states: readonly RegExp[];

  constructor(rules: readonly UseRule[]) {
    this.#names = anyOf(rules.flatMap(({ names }) => names ?? []));
    this.#states = anyOf(rules.flatMap(({ modelled }) => modelled ?? []));
  }

  /** Whether a name may match the `names` of a rule. */
  mayBeName(name: string): boolean {
    return this.#names.some((one) => one.test(name));
  }

  /** Whether a name may match the `names` or the `modelled` of a rule. */
  mayBeModelled(name: string): boolean {
    return this.mayBeName(name) || this.#states.some((one) => one.test(name));
  }
}

/**
 * Joins patterns into two expressions: one with case-sensitive patterns, and one with case-insensitive ones. The second is
 * slower.
 */
export function anyOf(patterns: readonly RegExp[]): readonly RegExp[] {
  const exact = patterns.filter(({ ignoreCase }) => !ignoreCase);
  const others = patterns.filter(({ ignoreCase }) => ignoreCase);
  return [joined(exact, ''), joined(others, 'i')].flat();
}

function joined(patterns: readonly RegExp[], flags: string): readonly RegExp[] {
  if (patterns.length === 0) return [];
  return [new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), flags)];
}

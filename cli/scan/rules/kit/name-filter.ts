import type { UseRule } from './rule.ts';

/**
 * A fast filter for names: it accepts every name that a rule may match, and rejects most others. It joins the patterns of
 * all rules. Compiling the patterns is slow, so one filter serves all functions and all kinds of instructions.
 */
export class NameFilter {
  readonly #names: readonly RegExp[];
  readonly #states: readonly RegExp[];

  constructor(rules: readonly UseRule[]) {
    this.#names = anyOf(rules.flatMap(({ names }) => names ?? []));
    this.#states = anyOf(rules.flatMap(({ modelled }) => modelled ?? []));
  }

  /** Whether a name matches the `names` of any rule. */
  mayBeName(name: string): boolean {
    return this.#names.some((one) => one.test(name));
  }

  /** Whether a name matches the `names` or `modelled` of any rule. */
  mayBeModelled(name: string): boolean {
    return this.mayBeName(name) || this.#states.some((one) => one.test(name));
  }
}

/**
 * Joins patterns into at most two regular expressions. If any of the patterns matches a text, so does one of these two.
 * Case-insensitive patterns are kept apart, since they are slower.
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

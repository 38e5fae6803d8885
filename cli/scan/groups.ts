/** A union-find structure over the integers from 0. */
export class Groups {
  readonly #up: Int32Array;

  constructor(count: number) {
    this.#up = Int32Array.from({ length: count }, (_, i) => i);
  }

  /** Unites the groups of two numbers. */
  join(one: number, other: number): void {
    this.#up[this.of(one)] = this.of(other);
  }

  /** The representative of a number's group: the same number for all its members, until groups are joined. */
  of(one: number): number {
    const up = this.#up;
    let at = one;
    for (let next = up[at] as number; next !== at; next = up[at] as number) {
      up[at] = up[next] as number;
      at = up[at] as number;
    }
    return at;
  }

  /** The sorted members of each group. Groups are in the order of their first members. */
  all(): readonly (readonly number[])[] {
    const groups = new Map<number, number[]>();
    for (const one of this.#up.keys()) {
      const group = groups.get(this.of(one));
      if (group) group.push(one);
      else groups.set(this.of(one), [one]);
    }
    return [...groups.values()];
  }
}

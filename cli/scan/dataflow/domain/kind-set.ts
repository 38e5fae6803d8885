/** The bits in one word of a set. JavaScript engines store integers of up to 30 bits without a heap allocation. */
const bitsPerWord = 30;

/** The elements of a `KindSet` are numbers below this. */
export const capacity: number = 2 * bitsPerWord;

/** All sets that exist, by `high` and then by `low`. */
const made = new Map<number, Map<number, KindSet>>();
/** All sets that exist, by `id`. */
const byId: KindSet[] = [];

/**
 * An immutable set of numbers from 0 to `capacity - 1`. Each number stands for a kind of sink or a marker, as `kinds.ts`
 * assigns them. Equal sets are the same object, so `===` compares them.
 */
export class KindSet {
  static readonly empty: KindSet = KindSet.withWords(0, 0);

  /** The elements 0 to 29, one bit each. */
  readonly low: number;
  /** The elements from 30 on. */
  readonly high: number;

  /**
   * A number that identifies the set in this process, so that an abstract value can hold the set as a constant.
   * `withId` returns the set for a number. The empty set has 0.
   */
  readonly id: number;

  private constructor(id: number, low: number, high: number) {
    this.id = id;
    this.low = low;
    this.high = high;
  }

  /** The set of these elements. Throws if one of them is not an integer from 0 to `capacity - 1`. */
  static of(...elements: readonly number[]): KindSet {
    let low = 0;
    let high = 0;
    for (const element of elements) {
      if (!(Number.isInteger(element) && element >= 0 && element < capacity))
        throw new RangeError(
          `${element} is no element of a set of kinds: they go from 0 to ${capacity - 1}.`,
        );
      if (element < bitsPerWord) low |= 1 << element;
      else high |= 1 << (element - bitsPerWord);
    }
    return KindSet.withWords(low, high);
  }

  /** The set with this `id`. The empty set if there is none. */
  static withId(id: number): KindSet {
    return byId[id] ?? KindSet.empty;
  }

  get isEmpty(): boolean {
    return this.low === 0 && this.high === 0;
  }

  union(other: KindSet): KindSet {
    if (this === other) return this;
    const low = this.low | other.low;
    const high = this.high | other.high;
    if (low === this.low && high === this.high) return this;
    return low === other.low && high === other.high ? other : KindSet.withWords(low, high);
  }

  intersect(other: KindSet): KindSet {
    if (this === other) return this;
    const low = this.low & other.low;
    const high = this.high & other.high;
    if (low === this.low && high === this.high) return this;
    return low === other.low && high === other.high ? other : KindSet.withWords(low, high);
  }

  /** The elements of this set that are not in the other one. */
  without(other: KindSet): KindSet {
    const low = this.low & ~other.low;
    const high = this.high & ~other.high;
    return low === this.low && high === this.high ? this : KindSet.withWords(low, high);
  }

  /** Whether the two sets have an element in common. */
  meets(other: KindSet): boolean {
    return ((this.low & other.low) | (this.high & other.high)) !== 0;
  }

  /** Whether this set contains all elements of the other one. */
  includes(other: KindSet): boolean {
    return (this.low & other.low) === other.low && (this.high & other.high) === other.high;
  }

  has(element: number): boolean {
    return element < bitsPerWord
      ? (this.low & (1 << element)) !== 0
      : (this.high & (1 << (element - bitsPerWord))) !== 0;
  }

  private static withWords(low: number, high: number): KindSet {
    let byLow = made.get(high);
    if (!byLow) {
      byLow = new Map();
      made.set(high, byLow);
    }
    let set = byLow.get(low);
    if (!set) {
      set = Object.freeze(new KindSet(byId.length, low, high));
      byLow.set(low, set);
      byId.push(set);
    }
    return set;
  }
}

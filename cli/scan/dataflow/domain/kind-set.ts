/** Bits that one word of a set holds: a small integer of the engine has no more that are safe from the sign. */
const bitsPerWord = 30;

/** Maximum number of elements in a set. */
export const capacity: number = 2 * bitsPerWord;

/** All sets that were made, by their second word and then by their first. */
const made = new Map<number, Map<number, KindSet>>();
/** The same, each at its number. */
const byId: KindSet[] = [];

/**
 * An immutable set of small numbers: the kinds of sinks for which a value was sanitised, and what else is known of its text.
 * Equal sets are the same object, so that `===` compares them.
 */
export class KindSet {
  static readonly empty: KindSet = KindSet.withWords(0, 0);

  /** The elements 0 to 29, one bit each. */
  readonly low: number;
  /** The elements from 30 on. */
  readonly high: number;

  /** The number of the set in this process, 0 that of the empty one: it stands for the set where only constants can be kept. */
  readonly id: number;

  private constructor(id: number, low: number, high: number) {
    this.id = id;
    this.low = low;
    this.high = high;
  }

  /** The set of these elements, which are numbers from 0 on, and below `capacity`. */
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

  /** The set of a number, as `id` gives it: the empty one for any other number. */
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

  /** What is in this set and not in the other. */
  without(other: KindSet): KindSet {
    const low = this.low & ~other.low;
    const high = this.high & ~other.high;
    return low === this.low && high === this.high ? this : KindSet.withWords(low, high);
  }

  /** Whether the two have an element in common. */
  meets(other: KindSet): boolean {
    return ((this.low & other.low) | (this.high & other.high)) !== 0;
  }

  /** Whether all of the other set is in this one. */
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

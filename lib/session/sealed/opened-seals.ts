/** In each of two generations. A seal has at most 4,096 characters, and most have some 300. */
const most = 500;

/**
 * What the seals of the last visitors hold: a browser sends the same cookie with each request until it is sealed again. Only what was
 * opened is kept, and a seal is found by all of its text, so that nothing passes that would not be opened again.
 */
export class OpenedSeals<T> {
  #young = new Map<string, T>();
  #old: ReadonlyMap<string, T> = new Map();

  get(seal: string): T | undefined {
    const young = this.#young.get(seal);
    if (young !== undefined) return young;
    const old = this.#old.get(seal);
    if (old !== undefined) this.keep(seal, old);
    return old;
  }

  keep(seal: string, opened: T): void {
    if (this.#young.size >= most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    // A copy: a part of the `Cookie` header would keep all of it in memory.
    this.#young.set(JSON.parse(JSON.stringify(seal)), opened);
  }
}

import { shared } from '../internal/shared.ts';

/** Entries in each of two generations, enough for the requests in flight. Older seals are verified by their MAC. */
const most = 250;

/** A cache of what this process sealed recently, by the whole header value. Verifying the MAC would double the header's cost. */
export class RecentSeals<T> {
  #young = new Map<string, T>();
  #old: ReadonlyMap<string, T> = new Map();

  get(sealed: string): T | undefined {
    return this.#young.get(sealed) ?? this.#old.get(sealed);
  }

  keep(sealed: string, facts: T): void {
    if (this.#young.size >= most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(sealed, facts);
  }
}

/** Shared by all copies of this package: the server is not in the handlers' bundle. */
export function recentSeals<T>(): RecentSeals<T> {
  return shared('next:sealed:1', () => new RecentSeals<T>());
}

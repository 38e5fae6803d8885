import { shared } from '../internal/shared.ts';

/** In each of two generations: those of requests that are being answered. Any other is checked by its MAC. */
const most = 250;

/** What this process has sealed of late, by all of its text. A MAC costs as much as all else that is done with the header. */
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

/** One for all copies of this package: the server is not in the bundle of handlers. */
export function recentSeals<T>(): RecentSeals<T> {
  return shared('next:sealed:1', () => new RecentSeals<T>());
}

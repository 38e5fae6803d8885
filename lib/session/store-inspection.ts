import { record } from '../event/record.ts';
import type { SessionStore } from './session-store.ts';
import type { StoreCalls } from './store-calls.ts';

/** A store that does not answer is not asked again with each request, but at growing intervals. */
const firstPauseMs = 1000;
const longestPauseMs = 600_000;

/** Reports once what the store can lose. If the store could not be asked at startup, it is asked again once it answers. */
export class StoreInspection {
  readonly #store: SessionStore;
  readonly #calls: StoreCalls;
  #state: 'open' | 'asking' | 'done' = 'open';
  #notBefore = 0;
  #pauseMs = firstPauseMs;

  constructor(store: SessionStore, calls: StoreCalls) {
    this.#store = store;
    this.#calls = calls;
  }

  /** Nobody waits for it. */
  begin(): void {
    if (this.#state !== 'open' || Date.now() < this.#notBefore) return;
    this.#state = 'asking';
    this.#notBefore = Date.now() + this.#pauseMs;
    this.#pauseMs = Math.min(longestPauseMs, 4 * this.#pauseMs);
    void this.#ask().then(
      () => {
        this.#state = 'done';
      },
      () => {
        this.#state = 'open';
      },
    );
  }

  async #ask(): Promise<void> {
    const findings = await this.#calls.quietly(async () => (await this.#store.inspect?.()) ?? []);
    for (const { finding, consequence } of findings) {
      record('session/store-not-durable', 'reported', { store: this.#store.name, finding, consequence });
    }
  }
}

/** Lets `rate` through each second, and as many at once. */
export class TokenBucket {
  readonly #rate: number;
  #tokens: number;
  #at: number;

  constructor(rate: number, now: number) {
    this.#rate = rate;
    this.#tokens = rate;
    this.#at = now;
  }

  /** 0 where one may pass; otherwise the seconds until the next one may. */
  take(now: number): number {
    // A clock that goes back gives nothing.
    const passed = Math.max(0, now - this.#at) / 1_000;
    this.#tokens = Math.min(this.#rate, this.#tokens + passed * this.#rate);
    this.#at = now;
    if (this.#tokens < 1) return (1 - this.#tokens) / this.#rate;
    this.#tokens -= 1;
    return 0;
  }
}

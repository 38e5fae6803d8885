interface Waiting {
  readonly start: () => void;
  readonly timer: NodeJS.Timeout;
}

/** Runs several jobs at once and lets a limited number wait, in order and for a limited time. */
export class ChildQueue {
  readonly #atOnce: number;
  readonly #maxWaiting: number;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  constructor(atOnce: number, maxWaiting: number) {
    this.#atOnce = atOnce;
    this.#maxWaiting = maxWaiting;
  }

  /** @param refuse throws for a job that finds the queue full, or has waited too long */
  async run<T>(job: () => Promise<T>, maxWaitMs: number, refuse: () => never): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else if (this.#waiting.size >= this.#maxWaiting || !(await this.#turn(maxWaitMs))) refuse();
    try {
      return await job();
    } finally {
      this.#next();
    }
  }

  /** False if its turn didn't come in time. A job that ends passes its turn on. */
  #turn(maxWaitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const place: Waiting = {
        start: () => {
          clearTimeout(place.timer);
          resolve(true);
        },
        timer: setTimeout(() => {
          this.#waiting.delete(place);
          resolve(false);
        }, maxWaitMs),
      };
      this.#waiting.add(place);
    });
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(first);
    first.start();
  }
}

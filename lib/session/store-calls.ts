import { late, within } from '../event/clock.ts';
import { record } from '../event/record.ts';
import { refuse } from '../internal/refuse.ts';
import { type Denied, deny } from '../refusal/decision.ts';

export interface StoreCallLimits {
  /** What this store is called in events. */
  readonly store: string;
  readonly timeoutMs: number;
  readonly maxPending: number;
}

type Outcome<T> =
  | { readonly answered: true; readonly value: T }
  | {
      readonly answered: false;
      readonly denied: Denied<'session/store-unavailable'>;
      readonly cause: unknown;
    };

function unanswered(denied: Denied<'session/store-unavailable'>, cause?: unknown): Outcome<never> {
  return { answered: false, denied, cause };
}

/** Calls a store within bounds: none waits longer than the time-out, and an outage fills no queue. */
export class StoreCalls {
  readonly #limits: StoreCallLimits;
  #pending = 0;

  constructor(limits: StoreCallLimits) {
    this.#limits = limits;
  }

  /** @throws Refusal `session/store-unavailable` */
  async run<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const outcome = await this.#outcome(operation, work);
    if (!outcome.answered) refuse(outcome.denied, outcome.cause);
    return outcome.value;
  }

  /** The value, or undefined with an event if the store can't be reached. */
  async orAnonymous<T>(
    operation: string,
    work: () => Promise<T>,
  ): Promise<{ readonly value: T } | undefined> {
    const outcome = await this.#outcome(operation, work);
    if (outcome.answered) return outcome;
    record(outcome.denied.code, 'reported', outcome.denied.detail);
    return undefined;
  }

  /** Without an event: for calls that can be repeated. */
  async quietly<T>(work: () => Promise<T>): Promise<T> {
    const outcome = await this.#outcome('inspect', work);
    if (!outcome.answered) throw outcome.cause ?? new Error(outcome.denied.detail.reason);
    return outcome.value;
  }

  /** For what the store refused before, in this request. */
  refused(operation: string): never {
    refuse(this.#denial(operation, 'it could not be reached when the request began'));
  }

  async #outcome<T>(operation: string, work: () => Promise<T>): Promise<Outcome<T>> {
    const { timeoutMs, maxPending } = this.#limits;
    if (this.#pending >= maxPending) {
      return unanswered(this.#denial(operation, `${maxPending} operations wait for it already`));
    }
    try {
      const value = await within(timeoutMs, this.#counted(work));
      if (value !== late) return { answered: true, value };
      return unanswered(this.#denial(operation, `no answer within ${timeoutMs} ms`));
    } catch (cause) {
      return unanswered(this.#denial(operation, reasonOf(cause)), cause);
    }
  }

  /** Counts until the store has answered, however late: that is how long the client keeps it in its queue. */
  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#pending++;
    try {
      return await work();
    } finally {
      this.#pending--;
    }
  }

  #denial(operation: string, reason: string): Denied<'session/store-unavailable'> {
    return deny('session/store-unavailable', {
      store: this.#limits.store,
      operation,
      reason,
      retryAfterSeconds: Math.max(1, Math.ceil(this.#limits.timeoutMs / 1000)),
    });
  }
}

/** Drivers put statements and addresses into messages, so the code says enough where there is one. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'an error';
  const { code } = cause as { code?: unknown };
  return typeof code === 'string' && code !== ''
    ? `${cause.name} ${code}`
    : `${cause.name}: ${cause.message.slice(0, 200)}`;
}

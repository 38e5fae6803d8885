import { Misuse } from '../../refusal/misuse.ts';

/** What a caller may set for one statement or one transaction. */
export interface LimitOptions {
  /** Ends the statement, on the server too. The promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds from the call, waiting for a connection included. Ends the statement, on the server too. */
  readonly timeoutMs?: number;
}

/** The same as drivers take it. */
export interface Limits {
  readonly signal: AbortSignal | undefined;
  /** On the clock of `performance.now()`. */
  readonly deadline: number | undefined;
}

export const unlimited: Limits = Object.freeze({ signal: undefined, deadline: undefined });

/** 24 days and a half: what a timer of Node holds. */
const longest = 2 ** 31 - 1;

/** @param options what `knownOptions` read. */
export function limitsOf({ signal, timeoutMs }: LimitOptions): Limits {
  if (signal === undefined && timeoutMs === undefined) return unlimited;
  if (
    timeoutMs !== undefined &&
    !(Number.isSafeInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= longest)
  ) {
    throw new Misuse('bulwark/invalid-option', `\`timeoutMs\` takes a whole number from 1 to ${longest}.`);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new Misuse('bulwark/invalid-option', '`signal` takes an AbortSignal.');
  }
  return { signal, deadline: timeoutMs === undefined ? undefined : performance.now() + timeoutMs };
}

/** Both hold: the earlier end, and either signal. */
export function bothLimits(one: Limits, other: Limits): Limits {
  if (one === unlimited) return other;
  if (other === unlimited) return one;
  const deadlines = [one.deadline, other.deadline].filter((at) => at !== undefined);
  const signals = [one.signal, other.signal].filter((signal) => signal !== undefined);
  return {
    signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
    deadline: deadlines.length > 0 ? Math.min(...deadlines) : undefined,
  };
}

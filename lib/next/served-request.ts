import { AsyncLocalStorage } from 'node:async_hooks';
import { answerTo } from '../errors/answer-to.ts';
import { shared } from '../internal/shared.ts';

import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import { isControlFlow } from './control-flow.ts';

/** What the server and the code that answers share about a request, besides the sealed header. */
export interface ServedRequest {
  /** What a guard of an action or page threw. Next.js itself answers errors with 500. */
  error: unknown;
  /** The limiter that already counted this request in the server, so that it is not counted twice. */
  readonly limiter: RateLimiter | undefined;
}

/** Shared by all copies of this package: the server is not in the pages' bundle. */
export function servedRequests(): AsyncLocalStorage<ServedRequest> {
  return shared('next:served', () => new AsyncLocalStorage<ServedRequest>());
}

/** Reports a refusal to the server, and rethrows it. */
export async function reported<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const answer = servedRequests().getStore();
    if (answer && !isControlFlow(error) && answerTo(error).status < 500) answer.error = error;
    throw error;
  }
}

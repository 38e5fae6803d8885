import { AsyncLocalStorage } from 'node:async_hooks';
import { answerTo } from '../errors/answer-to.ts';
import { shared } from '../internal/shared.ts';

import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import { isControlFlow } from './control-flow.ts';

/** What the server and the code that answers tell each other about a request, besides the sealed header. */
export interface ServedRequest {
  /** What a guard of an action or page has thrown. Next.js itself answers errors with 500. */
  error: unknown;
  /** What the server has counted the request by, so that it is not counted twice. */
  readonly limiter: RateLimiter | undefined;
}

/** One for all copies of this package: the server is not in the bundle of pages. */
export function servedRequests(): AsyncLocalStorage<ServedRequest> {
  return shared('next:served', () => new AsyncLocalStorage<ServedRequest>());
}

/** Tells the server of a refusal, and throws it. */
export async function reported<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const answer = servedRequests().getStore();
    if (answer && !isControlFlow(error) && answerTo(error).status < 500) answer.error = error;
    throw error;
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { answerTo } from '../errors/answer-to.ts';
import { shared } from '../internal/shared.ts';

import { isControlFlow } from './control-flow.ts';

/** What became of a request, for the server, whose response Next.js writes. */
export interface RefusedAnswer {
  /** What a guard of an action or page has thrown. Next.js itself answers errors with 500. */
  error: unknown;
}

/** One for all copies of this package: the server is not in the bundle of pages. */
export function refusedAnswers(): AsyncLocalStorage<RefusedAnswer> {
  return shared('next:refused', () => new AsyncLocalStorage<RefusedAnswer>());
}

/** Tells the server of a refusal, and throws it. */
export async function reported<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const answer = refusedAnswers().getStore();
    if (answer && !isControlFlow(error) && answerTo(error).status < 500) answer.error = error;
    throw error;
  }
}

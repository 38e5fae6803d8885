import { AsyncLocalStorage } from 'node:async_hooks';
import { shared } from '../internal/shared.ts';
import { isRefusal } from '../refusal/is-refusal.ts';

/** What became of a request, for the server, whose response Next.js writes. */
export interface RefusedAnswer {
  /** The refusal of an action or page. Next.js itself answers errors with 500. */
  refusal: { readonly status: number } | undefined;
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
    if (answer && isRefusal(error)) answer.refusal = error;
    throw error;
  }
}

/**
 * Whether Next.js threw this to steer itself, as `redirect()`, `notFound()`, and the reading of what only a request has do. Whoever
 * catches it must throw it again.
 */
export function isControlFlow(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { digest, $$typeof } = error as { readonly digest?: unknown; readonly $$typeof?: unknown };
    if ($$typeof === Symbol.for('react.postpone')) return true;
    return typeof digest === 'string' && steering.test(digest);
  } catch {
    // A getter that throws is none of Next.js.
    return false;
  }
}

const steering =
  /^(?:NEXT_(?:REDIRECT|NOT_FOUND|HTTP_ERROR_FALLBACK|STATIC_GEN_BAILOUT)(?:;|$)|DYNAMIC_SERVER_USAGE$|HANGING_PROMISE_REJECTION$|BAILOUT_TO_CLIENT_SIDE_RENDERING$|NEXT_PRERENDER_INTERRUPTED$)/;

/**
 * Whether Next.js threw this for its own control flow: `redirect()`, `notFound()`, or reading request data while it renders a static page. Whoever
 * catches it must rethrow it.
 */
export function isControlFlow(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { digest, $$typeof } = error as { readonly digest?: unknown; readonly $$typeof?: unknown };
    if ($$typeof === Symbol.for('react.postpone')) return true;
    return typeof digest === 'string' && steering.test(digest);
  } catch {
    // A getter that throws. Next.js has none.
    return false;
  }
}

const steering =
  /^(?:NEXT_(?:REDIRECT|NOT_FOUND|HTTP_ERROR_FALLBACK|STATIC_GEN_BAILOUT)(?:;|$)|DYNAMIC_SERVER_USAGE$|HANGING_PROMISE_REJECTION$|BAILOUT_TO_CLIENT_SIDE_RENDERING$|NEXT_PRERENDER_INTERRUPTED$)/;

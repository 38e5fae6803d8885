import type { ServerResponse } from 'node:http';

/** The client disconnected, and the work for it was aborted. Nothing failed, and a client that disconnects often must not fill the log. */
export function isGivenUp(error: unknown, res: ServerResponse): boolean {
  try {
    return isClosed(res) && error instanceof DOMException && error.name === 'AbortError';
  } catch {
    return false;
  }
}

/** A response of HTTP/2 has no `destroyed`: its stream does. */
function isClosed(res: ServerResponse & { readonly stream?: { readonly destroyed?: boolean } }): boolean {
  return res.destroyed || res.stream?.destroyed === true;
}

import type { IncomingMessage } from 'node:http';
import { targetOf } from '../../request/any-request.ts';

/**
 * The path of a request's target, as a URL has it: without dot segments, and not decoded. An absolute URL as its target (RFC 9112, 3.2.2) becomes a path: Next.js would redirect.
 *
 * @returns undefined for a target that is no path, or that can't be decoded: Next.js answers 500 to some of them
 */
export function readTarget(req: IncomingMessage): string | undefined {
  const target = req.url ?? '';
  if (/^https?:\/\//i.test(target))
    req.url = targetOf({ method: req.method, url: target, headers: req.headers });
  const path = (req.url ?? '').split('?', 1)[0] ?? '';
  if (!path.startsWith('/')) return undefined;
  try {
    decodeURIComponent(path);
    // With an origin in front, because a path may begin with two slashes.
    return new URL(`http://localhost${path}`).pathname;
  } catch {
    return undefined;
  }
}

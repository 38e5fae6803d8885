import type { IncomingMessage } from 'node:http';
import { targetOf } from '../../request/any-request.ts';

/**
 * The path that a request asks for, decoded. An absolute URL as its target (RFC 9112, 3.2.2) becomes a path: Next.js would redirect.
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
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

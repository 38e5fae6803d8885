import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestListener } from 'node:http';

/** What reads, writes or runs something on this machine, once nothing defends it. */
const dangerous =
  /^\/+(?:download|avatar|pictures|import|basket|discount|filter|invoice|archive)(?:[/?#]|$)/i;

export const fenceHeader = 'x-lab-key';

/**
 * Lets only the lab itself at those routes, by a key that no browser has. Payloads of the lab stay in its own folder. What somebody
 * else sends, or a page in the visitor's browser, would run with the visitor's rights.
 */
export function behindFence(key: string, app: RequestListener): RequestListener {
  const expected = hash(key);
  return (req, res) => {
    const sent = hash(String(req.headers[fenceHeader]));
    if (dangerous.test(decoded(req.url ?? '')) && !timingSafeEqual(sent, expected)) {
      res
        .writeHead(403, { 'Content-Type': 'text/plain' })
        .end('Nothing defends this here, so only the lab may use it. Fire an attack from its page.\n');
      return;
    }
    app(req, res);
  };
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '');
  } catch {
    return url;
  }
}

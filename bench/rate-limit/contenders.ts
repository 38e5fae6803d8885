import type { Request, RequestHandler } from 'express';
import { rateLimit as expressRateLimit } from 'express-rate-limit';
import { routeRateLimit } from '../../lib/express/index.ts';
import { memoryStore, rateLimit } from '../../lib/rate-limit/index.ts';

export interface Contender {
  readonly name: string;
  readonly handle: RequestHandler;
}

const [limit, windowSeconds] = [1_000_000, 3600];

/** The same limit in each, never reached. */
export function contenders(): [peer: Contender, ...others: Contender[]] {
  const limiter = rateLimit({ store: memoryStore(), limit, windowSeconds, key: 'address' });
  const silent = rateLimit({ store: memoryStore(), limit, windowSeconds, key: 'address', headers: false });
  const address = (req: object): { address: string | undefined } => ({ address: (req as Request).ip });
  const peer = (options: object): RequestHandler =>
    expressRateLimit({ limit, windowMs: windowSeconds * 1000, ...options });
  return [
    {
      name: 'express-rate-limit, draft-8 headers',
      handle: peer({ standardHeaders: 'draft-8', legacyHeaders: false }),
    },
    { name: 'bulwark', handle: routeRateLimit(limiter, address) as RequestHandler },
    { name: 'express-rate-limit, defaults (X-RateLimit)', handle: peer({}) },
    { name: 'express-rate-limit, no headers', handle: peer({ legacyHeaders: false }) },
    { name: 'bulwark, no headers', handle: routeRateLimit(silent, address) as RequestHandler },
  ];
}

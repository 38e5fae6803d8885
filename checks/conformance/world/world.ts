import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { CorsOptions } from '../../../lib/cors/index.ts';
import type { OnError } from '../../../lib/errors/failure-log.ts';
import { configureEvents } from '../../../lib/event/index.ts';
import type { SecurityEvent } from '../../../lib/event/security-event.ts';
import type { HeaderOptions } from '../../../lib/headers/header-changes.ts';
import { memoryStore as limitStore, type RateLimiter, rateLimit } from '../../../lib/rate-limit/index.ts';
import { keyring } from '../../../lib/secrets/index.ts';
import { memoryStore, type Session, type SessionLoader, sessions } from '../../../lib/session/index.ts';
import { sealedSessions } from '../../../lib/session/sealed/index.ts';
import { diskStore } from '../../../lib/upload/disk/index.ts';
import { type Uploads, uploads } from '../../../lib/upload/index.ts';
import type { AppOptions } from '../contract.ts';
import { type Streams, streams } from './streams.ts';

/** For `staticFiles`. */
export const assets: string = fileURLToPath(new URL('../assets', import.meta.url));
/** For view engines: `page.ejs` takes `nonce` and `name`. */
export const views: string = fileURLToPath(new URL('../views', import.meta.url));

/** What describes a body that is never sent, and what a failed handler set besides. */
export const failingHeaders: Readonly<Record<string, string>> = {
  ...{ 'Content-Encoding': 'gzip', 'Content-Language': 'en', 'Content-Disposition': 'attachment' },
  ...{ ETag: '"v1"', 'Last-Modified': 'Tue, 01 Dec 2026 12:00:00 GMT' },
  ...{ 'Cache-Control': 'public, max-age=60', 'CDN-Cache-Control': 'max-age=60' },
  'X-Own': '1',
};
export const widgetHeaders: HeaderOptions = {
  'X-Frame-Options': false,
  'Cross-Origin-Resource-Policy': 'cross-origin',
};
export const sharedCors: CorsOptions = { origins: ['https://app.example', 'https://*.partner.example'] };
export const orderSchema: z.ZodObject<{ product: z.ZodNumber }> = z.object({ product: z.number() });

/** What an application has besides its framework. */
export interface World extends Streams {
  /** For `bulwark()`, of any adapter. */
  readonly options: AppOptions['bulwark'] & {
    readonly rateLimit?: RateLimiter;
    readonly session?: SessionLoader<{ name: string }>;
    readonly csrf?: object;
  };
  /** For whatever answers errors. */
  readonly onError: OnError;
  readonly log: readonly string[];
  /** Two requests a minute by address. */
  readonly limiter: RateLimiter;
  readonly uploads: Uploads<typeof files>;
  /** The latest events, the oldest first. */
  events(): Promise<readonly object[]>;
  close(): Promise<void>;
}

const files = { picture: { types: ['image/png'], required: true } } as const;

const events: SecurityEvent[] = [];
const recorder = configureEvents({
  sinks: [{ name: 'conformance', write: (batch) => void events.push(...batch) }],
});

export function worldOf(options: AppOptions): World {
  const log: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-conformance-'));
  return {
    ...streams(),
    options: {
      ...options.bulwark,
      ...(options.rateLimit !== undefined && {
        rateLimit: rateLimit({
          ...{ store: limitStore(), limit: options.rateLimit, windowSeconds: 60, key: 'address' },
        }),
      }),
      ...(options.session && { session: sessionsOf(options.session), csrf: { keys, logIn: ['/log-in'] } }),
    },
    onError: (_error, requestId) => void log.push(requestId),
    log,
    limiter: rateLimit({ store: limitStore(), limit: 2, windowSeconds: 60, key: 'address' }),
    uploads: uploads({ store: diskStore({ folder }), files, allowOriginalImages: true }),
    async events() {
      await recorder.flush();
      return events.slice(-300).map(({ code, action, request }) => ({ code, action, request }));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The same in each process, so that several servers of one application agree. */
const keys = keyring('Zm9yIHRlc3RzIG9ubHksIHRoaXMgaXMgbm8gc2VjcmV0IQ==');

function sessionsOf(kind: 'sealed' | 'memory'): SessionLoader<{ name: string }> {
  return kind === 'sealed' ? sealedSessions<{ name: string }>({ keys }) : sessions({ store: memoryStore() });
}

export function sessionFacts({ user, data, isNew }: Session<object>): object {
  return { user, data, isNew };
}

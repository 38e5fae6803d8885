/**
 * Keeps users logged in while an application moves from express-session, cookie-session or iron-session 8.
 *
 * @module
 */
export { type ConnectPgSimpleOptions, connectPgSimple } from './connect-pg-simple.ts';
export { type ConnectRedisOptions, connectRedis } from './connect-redis.ts';
export { type ExpressStore, expressStore } from './express-store.ts';
export type {
  CookieSessionOptions,
  ExpressSessionOptions,
  IronSessionOptions,
  LegacySessionsOptions,
  Migrated,
  OldData,
} from './legacy-options.ts';
export type { LegacySession, LegacySessions } from './legacy-session.ts';
export { legacySessions } from './legacy-sessions.ts';
export { type MemorySpentSealsOptions, memorySpentSeals } from './memory-spent-seals.ts';
export type { OldStore } from './old-store.ts';
export { type PgSpentSealsOptions, pgSpentSeals } from './pg-spent-seals.ts';
export { type RedisSpentSealsOptions, redisSpentSeals } from './redis-spent-seals.ts';
export type { SpentSeals } from './spent-seals.ts';

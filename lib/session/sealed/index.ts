/**
 * Sessions in a sealed cookie: nothing is stored on a server. WebCrypto only, so that it runs in workers too.
 *
 * @module
 */
export type { EpochStore } from './epoch-store.ts';
export { type MemoryEpochsOptions, memoryEpochs } from './memory-epochs.ts';
export { type PgEpochsOptions, pgEpochs } from './pg-epochs.ts';
export { type RedisEpochsOptions, redisEpochs } from './redis-epochs.ts';
export {
  type RevocableSealedSessions,
  type SealedSessions,
  type SealedSessionsOptions,
  sealedSessions,
} from './sealed-sessions.ts';

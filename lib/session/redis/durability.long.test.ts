import { Redis } from 'ioredis';
import { durabilityTests } from '../../../checks/session/durability-tests.ts';
import { durableRedis } from '../../../checks/session/durable-stores.ts';
import { redisStore } from './index.ts';

durabilityTests(
  'ioredis',
  'redis',
  { sessions: 10_000, changing: 200, kills: 2, changesBetween: 10_000 },
  () =>
    durableRedis(async (url) => {
      const client = new Redis(url);
      return { store: redisStore(client), close: () => client.disconnect() };
    }),
);

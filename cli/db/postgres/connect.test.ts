import type { Client } from 'pg';
import { expect, it } from 'vitest';
import { postgresVersion } from './connect.ts';

/** A server of this version; none that is so old runs here. */
const saying = (version: string): Client =>
  ({ query: async () => ({ rows: [{ version }] }) }) as unknown as Client;

it('takes PostgreSQL 13, and says of 12 that it is too old', async () => {
  expect(await postgresVersion(saying('130000'))).toBe(130_000);
  await expect(postgresVersion(saying('120022'))).rejects.toMatchObject({
    code: 'db/server',
    message: 'PostgreSQL 12 is too old.',
  });
});

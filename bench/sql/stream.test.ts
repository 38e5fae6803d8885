import { expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { streamEach } from './stream-rows.ts';

const noServer = missing('postgres');

it.skipIf(noServer)(`streams every row by each way${noServer ? `: ${noServer}` : ''}`, async () => {
  const server = await startPostgres();
  try {
    const streamed = await streamEach({ url: server.url, rows: 250, batch: 100 });
    expect(Object.keys(streamed)).toContain('bulwark, stream');
    for (const { rows } of Object.values(streamed)) expect(rows).toBe(250);
  } finally {
    await server.stop();
  }
});

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { type PreloadedFolder, preloadedFolder } from '../../../checks/machine/preloaded.ts';
import { root } from '../../../checks/repository.ts';

const why = missing('postgres');
const title = why === undefined ? '' : ` (NOT RUN: ${why})`;

describe.skipIf(why !== undefined)(`pg behind the preload${title}`, () => {
  let folder: PreloadedFolder;
  let database: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    [folder, database] = await Promise.all([preloadedFolder(), startPostgres()]);
  });
  afterAll(async () => {
    folder.remove();
    await database.stop();
  });

  const program = `
    const { default: pg } = await import(process.env.PG);
    const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 3 });
    pool.on('error', (error) => console.log('idle', error.code));
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((n) => pool.query('select $1::int as n', [n])));
    console.log(outcomes.map(({ value, reason }) => value?.rows[0].n ?? reason.code).join());
    await pool.end();`;

  async function query(host: string, allowPrivate: readonly object[]): Promise<string> {
    const url = new URL(database.url);
    url.hostname = host;
    const { code, output, errors } = await folder.run({
      program,
      policy: { hosts: 'public', mode: 'enforce', allowPrivate },
      env: {
        PG: pathToFileURL(join(root, 'node_modules/pg/esm/index.mjs')).href,
        DATABASE_URL: url.href,
      },
    });
    if (code !== 0) throw new Error(errors);
    return output.trim();
  }

  it('queries a database that the policy names, by name and by address', async () => {
    const ports = [Number(new URL(database.url).port)];
    const names = [
      { host: 'localhost', cidr: '127.0.0.1/32', ports },
      { host: 'localhost', cidr: '::1/128', ports },
    ];
    expect(await query('localhost', names)).toBe('1,2,3,4');
    expect(await query('127.0.0.1', [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports }])).toBe('1,2,3,4');
  });

  it('gets a refusal for each query where it does not', async () => {
    const refused = Array<string>(4).fill('fetch/private-address').join();
    expect(await query('localhost', [])).toBe(refused);
    expect(await query('127.0.0.1', [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [1] }])).toBe(refused);
  });
});

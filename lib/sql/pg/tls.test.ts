import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverAccount } from '../../../checks/machine/account.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { findProgram } from '../../../checks/machine/program.ts';
import { sql } from '../index.ts';
import { database } from './index.ts';

const why = missing('postgres') ?? (findProgram('openssl') ? undefined : 'openssl is not installed');

describe.skipIf(why)(`pg over TLS${why ? `: ${why}` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-tls-'));
  let config: pg.PoolConfig = {};
  let other = '';
  let admin: pg.Client;
  let recorder: Server;
  /** What clients sent in the clear, of every connection that went through the recorder. */
  const seen: Buffer[] = [];
  let stop = async (): Promise<void> => {};

  function openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  }

  /** A CA, and a certificate of it for a name. */
  function certificate(name: string, days = '2'): void {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      `${name}-ca.key`,
      '-out',
      `${name}-ca.pem`,
      '-subj',
      `/CN=${name} CA`,
    );
    const signing = ['-CA', `${name}-ca.pem`, '-CAkey', `${name}-ca.key`, '-days', days];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
    openssl('req', '-x509', ...key, ...signing, '-keyout', `${name}.key`, '-out', `${name}.pem`, ...subject);
  }

  beforeAll(async () => {
    certificate('localhost');
    certificate('elsewhere');
    const account = serverAccount('postgres');
    if (account) {
      for (const file of ['', 'localhost.key', 'localhost.pem']) {
        chownSync(join(folder, file), account.uid, account.gid);
      }
    }
    const server = await startPostgres({
      ssl: 'on',
      ssl_cert_file: join(folder, 'localhost.pem'),
      ssl_key_file: join(folder, 'localhost.key'),
    });
    const { port, username, password } = new URL(server.url);
    recorder = createServer((socket) => {
      const through = connect(Number(port), '127.0.0.1');
      socket.on('data', (chunk) => seen.push(chunk));
      socket.pipe(through).pipe(socket);
      for (const end of [socket, through])
        end.on('error', () => [socket, through].map((each) => each.destroy()));
    });
    await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
    const address = recorder.address();
    const ca = readFileSync(join(folder, 'localhost-ca.pem'), 'utf8');
    other = readFileSync(join(folder, 'elsewhere-ca.pem'), 'utf8');
    config = {
      ...{
        host: 'localhost',
        port: typeof address === 'object' ? (address?.port ?? 0) : 0,
        database: 'postgres',
      },
      ...{ user: username, password, max: 2, ssl: { ca } },
    };
    admin = new pg.Client(server.url);
    await admin.connect();
    stop = async () => {
      await admin.end();
      recorder.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
  });

  afterAll(() => stop());

  it('cancels a statement, over TLS as well', async () => {
    const pool = new pg.Pool(config);
    const db = database(pool);
    const encrypted = sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
    expect(await db.one(encrypted)).toEqual({ ssl: true });
    const late = { kind: 'timeout' };
    await expect(db.all(sql`select pg_sleep(30)`, { timeoutMs: 200 })).rejects.toMatchObject(late);
    await expect(
      db.transaction((tx) => tx.all(sql`select pg_sleep(30)`), { timeoutMs: 200 }),
    ).rejects.toMatchObject(late);
    const asleep = await admin.query(`select 1 from pg_stat_activity where wait_event = 'PgSleep'`);
    expect(asleep.rows).toEqual([]);
    // The code of a CancelRequest, 80877102, and not once in the clear; that of an SSLRequest is.
    const sent = Buffer.concat(seen);
    expect(sent.includes(Buffer.from([0x04, 0xd2, 0x16, 0x2e]))).toBe(false);
    expect(sent.includes(Buffer.from([0x04, 0xd2, 0x16, 0x2f]))).toBe(true);
    expect(pool.totalCount).toBe(1);
    await pool.end();
  });

  it.each([
    ['that no CA here knows', {}, /its CA|server's CA/],
    ['of another CA', { ca: 'other' }, /its CA|server's CA/],
    ['for another name', { servername: 'x', host: '127.0.0.1' }, /for another name/],
  ])('says what is wrong with a certificate %s', async (_, change: { ca?: string; host?: string }, hint) => {
    const { ca: _own, ...ssl } = config.ssl as { ca: string };
    const known =
      change.host === undefined ? {} : { ca: (config.ssl as { ca: string }).ca, host: change.host };
    const pool = new pg.Pool({
      ...config,
      ...known,
      ssl: { ...ssl, ...known, ...(change.ca && { ca: other }) },
    });
    const error: unknown = await database(pool)
      .all(sql`select 1`)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'connection', hint: expect.stringMatching(hint) });
    await pool.end();
  });
});

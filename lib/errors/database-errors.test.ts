import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { bulwark, bulwarkErrors } from '../express/index.ts';
import { DatabaseError, sql } from '../sql/index.ts';
import { database } from '../sql/pg/index.ts';
import { answerTo, type ErrorAnswer } from './index.ts';

const { Pool } = createRequire(import.meta.url)('pg') as typeof import('pg');
const reason = missing('postgres');
const retryAfter = ({ headers }: ErrorAnswer): string | undefined =>
  headers.find(([name]) => name === 'Retry-After')?.[1];

describe('an error of bulwark/sql', () => {
  it.each([
    ['connection', 503, '1', true],
    ['pool', 503, '1', true],
    ['deadlock', 503, '1', true],
    // The transaction may have been committed: asking again could do it twice.
    ['commit-unknown', 503, undefined, true],
    ['unique', 409, undefined, false],
    ['data', 400, undefined, false],
    ['schema', 500, undefined, true],
  ] as const)('has the status of its kind: %s', (kind, status, wait, isFailure) => {
    const error = new DatabaseError(
      { kind, constraint: 'users_email_key', databaseCode: '23505', hint: 'A hint.' },
      { statement: 'insert into users', driverError: new Error('Key (email)=(ann@example.com)') },
    );
    const answer = answerTo(error, 'r1');
    expect(answer).toMatchObject({ status, isFailure });
    expect(retryAfter(answer)).toBe(wait);
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'about:blank', status, requestId: 'r1' });
    expect(answer.body).not.toMatch(/users|email|23505|hint|insert/i);
  });

  it('that is a conflict says so in general words', () => {
    const { body } = answerTo(new DatabaseError({ kind: 'unique' }));
    expect(JSON.parse(body).title).toBe('Something with these values already exists.');
  });

  it.each([
    ['a status of an upstream server', Object.assign(new Error('x'), { status: 503, retryAfterSeconds: 5 })],
    ['its name', Object.assign(new Error('x'), { name: 'DatabaseError', kind: 'connection', status: 503 })],
    [
      'its method',
      Object.assign(new Error('x'), {
        toProblem: () => ({ type: 'about:blank', title: 'secret', status: 503 }),
      }),
    ],
    [
      'its prototype',
      Object.assign(Object.create(DatabaseError.prototype), { kind: 'connection', status: 503 }),
    ],
    ['a copy of it', { ...new DatabaseError({ kind: 'connection' }) }],
    ['it as JSON', JSON.parse(JSON.stringify(new DatabaseError({ kind: 'connection' })))],
  ])('is not believed of an error that only has %s', (_, error) => {
    const answer = answerTo(error);
    expect(answer).toMatchObject({ status: 500, isFailure: true });
    expect(retryAfter(answer)).toBeUndefined();
    expect(answer.body).not.toContain('secret');
  });
});

it('an error of another version of bulwark keeps the 4xx that it may show', () => {
  const [copies] = Object.getOwnPropertySymbols(globalThis)
    .filter((symbol) => symbol.description === 'bulwark.registry')
    .map((symbol) => (globalThis as unknown as Record<symbol, object[]>)[symbol]);
  const foreign = Object.assign(new Error('x'), { status: 409, expose: true });
  const other = {
    version: 999,
    url: 'file:///other',
    state: new Map([['brand:problem', new WeakSet([foreign])]]),
  };
  copies?.push(other);
  onTestFinished(() => void copies?.pop());
  expect(copies).toContain(other);
  expect(answerTo(foreign)).toMatchObject({ status: 409, isFailure: false });
});

describe.skipIf(reason)(`a database that is down${reason ? `: ${reason}` : ''}`, () => {
  it('is a 503 with Retry-After in Express', async () => {
    const server = await startPostgres();
    const pool = new Pool({ connectionString: server.url });
    const db = database(pool);
    const app = express()
      .use(bulwark())
      .get('/', async (_req, res) => void res.json(await db.one(sql`select 1 as one`)))
      .use(bulwarkErrors({ onError: () => undefined }));
    const web = createServer(app).listen(0, '127.0.0.1');
    onTestFinished(async () => {
      web.close();
      await pool.end();
    });
    await once(web, 'listening');
    const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`;
    expect((await fetch(url)).status).toBe(200);
    await server.stop();
    const down = await fetch(url);
    expect([down.status, down.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await down.text()).not.toMatch(/127\.0\.0\.1|ECONN|database/i);
  }, 60_000);
});

/**
 * A program that listens to no error and leaves promises alone where an application may, while its connections are
 * killed in every state. It gets to its end, and says so, or the process dies of what nobody listened to.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Database, sql } from '../../lib/sql/index.ts';
import { database } from '../../lib/sql/pg/index.ts';

const url = process.argv[2] ?? '';
const admin = new pg.Client(url);
await admin.connect();
const pool = new pg.Pool({ connectionString: url, max: 4 });
const client = new pg.Client(url);
await client.connect();
const single = database(client);
const kinds = new Set<unknown>();

async function killAll(): Promise<void> {
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`,
  );
}

async function fails(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => kinds.add((error as { kind?: unknown }).kind));
}

/** What is under way when the connections are killed. */
const states: ((db: Database) => Promise<unknown>)[] = [
  async () => undefined,
  (db) => db.all(sql`select pg_sleep(30)`),
  (db) => db.all(sql`select pg_sleep(30)`, { timeoutMs: 20_000 }),
  (db) => db.transaction(() => sleep(300)),
  (db) => db.transaction((tx) => tx.all(sql`select pg_sleep(30)`)),
  (db) => db.transaction((tx) => tx.transaction((point) => point.all(sql`select pg_sleep(30)`))),
  (db) =>
    db.transaction(async (tx) => {
      tx.all(sql`select pg_sleep(30)`).catch(() => undefined);
      await tx.transaction(() => sleep(300));
    }),
  async (db) => {
    for await (const _ of db.stream(sql`select generate_series(1, 1000)`, { batch: 10 })) await sleep(20);
  },
  async (db) => {
    // Never read to its end, nor left.
    await db.stream(sql`select generate_series(1, 1000)`, { batch: 10 }).next();
  },
  (db) => Promise.all(Array.from({ length: 8 }, () => db.all(sql`select pg_sleep(30)`))),
];

for (const state of states) {
  const own = new pg.Pool({ connectionString: url, max: 2 });
  const working = fails(state(database(own)));
  await sleep(100);
  await killAll();
  await working;
  // Those that come up while they are killed.
  const coming = Promise.all(Array.from({ length: 6 }, () => fails(database(pool).all(sql`select 1`))));
  await killAll();
  await coming;
}

// A client is lost for good, and says so.
await fails(single.all(sql`select 1`));
await fails(single.transaction(async () => 1));

// A statement that ends in the same moment as its limit, over and over.
for (let i = 0; i < 100; i += 1) {
  await fails(database(pool).all(sql`select pg_sleep(0.001)`, { timeoutMs: 1 + (i % 3) }));
}

// Which of the two ends first above is not certain, so one statement reaches its limit in any case.
await fails(database(pool).all(sql`select pg_sleep(30)`, { timeoutMs: 50 }));

const [row] = await database(pool).all<{ one: number }>(sql`select 1 as one`);
const counts = { one: row?.one, held: pool.totalCount - pool.idleCount, waiting: pool.waitingCount };
process.stdout.write(JSON.stringify({ ...counts, kinds: [...kinds].sort() }));
await Promise.all([pool.end(), admin.end()]);
process.exit(0);

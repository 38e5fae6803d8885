import { sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pg';
import pg from 'pg';
import postgres from 'postgres';
import { collector } from '../turns.ts';

export interface StreamPlan {
  readonly url: string;
  readonly rows: number;
  readonly batch: number;
}

export interface Streamed {
  readonly rows: number;
  readonly seconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** What was held after a collection, at most, above what was held before: in bytes. */
  readonly heapGrowth: number;
}

interface Row {
  readonly id: number;
  readonly body: string;
}
type Rows = AsyncIterable<Row>;

/** Streams the same rows by each way, and looks at the heap ten times on the way. */
export async function streamEach({
  url,
  rows,
  batch,
}: StreamPlan): Promise<Readonly<Record<string, Streamed>>> {
  const pool = new pg.Pool({ connectionString: url, max: 2, idleTimeoutMillis: 0 });
  const client = postgres(url, { max: 1 });
  const db = database(pool);
  const ways: Readonly<Record<string, () => Rows>> = {
    'bulwark, stream': () =>
      db.stream<Row>(
        sql`select i as id, repeat('x', 100) as body from generate_series(1, ${rows}::integer) i`,
        { batch },
      ),
    'pg, declare and fetch by hand': () => byHand(pool, rows, batch),
    'postgres.js, cursor': () =>
      flat(
        client<Row[]>`
      select i as id, repeat('x', 100) as body from generate_series(1, ${rows}::integer) i`.cursor(batch),
      ),
    'pg, all rows at once': () => atOnce(pool, rows),
  };
  const collect = collector();
  const streamed: Record<string, Streamed> = {};
  for (const [name, start] of Object.entries(ways)) {
    // The first time counts nothing: code is compiled and connections are opened.
    await drain(start(), rows, collect);
    streamed[name] = await drain(start(), rows, collect);
  }
  await Promise.all([pool.end(), client.end()]);
  return streamed;
}

async function drain(source: Rows, expected: number, collect: () => void): Promise<Streamed> {
  collect();
  const held = process.memoryUsage().heapUsed;
  let heapGrowth = 0;
  let rows = 0;
  const before = process.cpuUsage();
  const started = performance.now();
  for await (const { id } of source) {
    rows++;
    if (id !== rows) throw new Error(`Row ${rows} is ${id}.`);
    if (rows % Math.ceil(expected / 10) !== 0) continue;
    collect();
    heapGrowth = Math.max(heapGrowth, process.memoryUsage().heapUsed - held);
  }
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before);
  if (rows !== expected) throw new Error(`${rows} rows came of ${expected}.`);
  return { rows, seconds, cpuSeconds: (user + system) / 1e6, heapGrowth };
}

async function* byHand(pool: pg.Pool, rows: number, batch: number): AsyncGenerator<Row> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      "declare c no scroll cursor for select i as id, repeat('x', 100) as body from generate_series(1, $1::integer) i",
      [rows],
    );
    for (;;) {
      const { rows: found } = await client.query(`fetch ${batch} from c`);
      if (found.length === 0) break;
      yield* found;
    }
    await client.query('commit');
  } finally {
    client.release();
  }
}

async function* flat(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<Row> {
  for await (const rows of batches) yield* rows;
}

async function* atOnce(pool: pg.Pool, rows: number): AsyncGenerator<Row> {
  const all = await pool.query(
    "select i as id, repeat('x', 100) as body from generate_series(1, $1::integer) i",
    [rows],
  );
  yield* all.rows;
}

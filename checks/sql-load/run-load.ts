import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, DatabaseError, type Sql, sql } from '../../lib/sql/index.ts';

export interface LoadPlan {
  readonly db: Database;
  readonly users: number;
  readonly milliseconds: number;
  /** Once, in the middle. */
  interrupt(): Promise<void>;
}

/** What the users were told. */
export interface LoadResult {
  /** The entries whose transaction resolved. */
  readonly acknowledged: ReadonlySet<string>;
  /** Those whose transaction was rejected, in a way that says that nothing is stored. */
  readonly undone: ReadonlySet<string>;
  /** Those whose commit was on its way when the connection was lost. */
  readonly unknown: ReadonlySet<string>;
  /** How often each kind of error came. */
  readonly errors: Readonly<Record<string, number>>;
  readonly reads: number;
}

const accounts = 20;

/** Empty tables: entries, each of which moves one unit between two accounts. */
export async function createTables(db: Database): Promise<void> {
  await db.execute(sql`create table account (id integer primary key, balance integer not null)`);
  await db.execute(sql`create table entry (id varchar(40) primary key, source integer, target integer)`);
  for (let id = 0; id < accounts; id += 1) {
    await db.execute(sql`insert into account (id, balance) values (${id}, ${0})`);
  }
}

/** Users who write, read and give up, until the time is over. */
export async function runLoad({ db, users, milliseconds, interrupt }: LoadPlan): Promise<LoadResult> {
  const [acknowledged, undone, unknown] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const errors: Record<string, number> = {};
  const end = performance.now() + milliseconds;
  let reads = 0;

  function note(error: unknown): DatabaseError {
    if (!(error instanceof DatabaseError)) throw error;
    errors[error.kind] = (errors[error.kind] ?? 0) + 1;
    return error;
  }

  async function write(id: string): Promise<void> {
    const [source, target] = [random(accounts), random(accounts)];
    const givesUp = Math.random() < 0.1;
    try {
      await db.transaction(
        async (tx) => {
          await tx.execute(sql`insert into entry (id, source, target) values (${id}, ${source}, ${target})`);
          await move(tx, sql`update account set balance = balance - 1 where id = ${source}`);
          await move(tx, sql`update account set balance = balance + 1 where id = ${target}`);
          if (givesUp) throw new GaveUp();
        },
        { retries: 10 },
      );
      acknowledged.add(id);
    } catch (error) {
      if (error instanceof GaveUp) undone.add(id);
      else (note(error).kind === 'commit-unknown' ? unknown : undone).add(id);
    }
  }

  async function user(name: number): Promise<void> {
    for (let i = 0; performance.now() < end; i += 1) {
      const id = `${name}-${i}`;
      await write(id);
      if (i % 3 > 0) continue;
      try {
        const found = await db.maybe(sql`select id from entry where id = ${id}`);
        if (!unknown.has(id) && (found !== undefined) !== acknowledged.has(id)) {
          throw new Error(`${id} is not as it was said to be.`);
        }
        reads += 1;
      } catch (error) {
        note(error);
        // As a client does that was told to come back later.
        await sleep(20 + random(50));
      }
    }
  }

  const running = Promise.all(Array.from({ length: users }, (_, name) => user(name)));
  await Promise.all([running, sleep(milliseconds / 2).then(interrupt)]);
  return { acknowledged, undone, unknown, errors, reads };
}

async function move(tx: Database, update: Sql): Promise<void> {
  if ((await tx.execute(update)) !== 1) throw new Error('There is no such account.');
}

class GaveUp extends Error {}

function random(below: number): number {
  return Math.floor(Math.random() * below);
}

/** What the tables hold against what was said: nothing, where all is well. */
export async function compare(
  db: Database,
  { acknowledged, undone, unknown }: LoadResult,
): Promise<string[]> {
  const wrong: string[] = [];
  const stored = new Map<string, { source: number; target: number }>();
  const expected = Array.from({ length: accounts }, () => 0);
  for (const row of await db.all<{ id: string; source: number; target: number }>(
    sql`select id, source, target from entry`,
  )) {
    stored.set(row.id, row);
    expected[row.source] = (expected[row.source] ?? 0) - 1;
    expected[row.target] = (expected[row.target] ?? 0) + 1;
    if (undone.has(row.id)) wrong.push(`${row.id} was undone, and is there`);
    else if (!(acknowledged.has(row.id) || unknown.has(row.id))) wrong.push(`${row.id} is nobody's`);
  }
  for (const id of acknowledged) if (!stored.has(id)) wrong.push(`${id} was acknowledged, and is lost`);
  const balances = await db.all<{ id: number; balance: number }>(sql`select id, balance from account`);
  for (const { id, balance } of balances) {
    if (balance !== expected[id]) wrong.push(`account ${id} has ${balance}, and not ${expected[id]}`);
  }
  return wrong;
}

import { configureEvents } from '../../lib/event/index.ts';
import { type Database, DatabaseError, sql } from '../../lib/sql/index.ts';
import { connectors } from './connectors.ts';
import { positions } from './positions.ts';
import { attempt, type Renderer, renderers, takesLists } from './statement-of.ts';

/** What the parent asks for, as JSON in the first argument: a driver's answers, or without one the helpers' statements. */
export interface Asked {
  readonly driver: string | undefined;
  readonly url: string;
  readonly keys: readonly string[];
}

/** One line of the answer: a key and a value for which something else came out. */
export interface Differs {
  readonly key: string;
  readonly value: string;
  readonly what: string;
}

const values: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['a text', 'evil'],
  ['a number', 1],
  ['a record', {}],
  ['a list', ['evil']],
  ['a function', () => 'evil'],
];

function written(): string {
  return JSON.stringify(
    positions.flatMap(({ write, harmless, only }) =>
      (Object.keys(renderers) as Renderer[]).flatMap((name) => {
        if (only !== undefined && !takesLists(name)) return [];
        return harmless.slice(0, 3).map((input) => {
          const one = attempt(() => renderers[name](write(input as never)));
          return typeof one === 'string' ? one : one.text + one.values.map(String).join('|');
        });
      }),
    ),
  );
}

async function asked(db: Database): Promise<string> {
  const rows: unknown[] = [];
  const back = new Error('back');
  const changed = await db
    .transaction(async (tx) => {
      rows.push(
        await tx.execute(sql`insert into polluted (id, name) values (${1}, ${'a'}), (${2}, ${null})`),
      );
      for await (const row of tx.stream(sql`select id, name from polluted order by id`, { batch: 1 }))
        rows.push(row);
      rows.push(await tx.maybe(sql`select name from polluted where id ${sql.in([1])}`));
      throw back;
    })
    .catch((error: unknown) => (error === back ? 'back' : Promise.reject(error)));
  rows.push(changed, await db.all(sql`select id from polluted`));
  rows.push(await db.one(sql`select 1 as one, 'x' as name, null as absent`));
  rows.push(await db.all(sql`select id from polluted where id = ${7} or name = ${'x'} or name = ${null}`));
  return JSON.stringify(rows.map((row) => plain(row)));
}

/** Own properties alone, whatever JSON would find. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.keys(value).map((key) => [key, plain((value as Record<string, unknown>)[key])]);
}

function within<T>(work: Promise<T>): Promise<T | 'hangs'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'hangs'>((done) => {
    timer = setTimeout(() => done('hangs'), 3000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What is compared: `answer` gives the same as at the start, or says what else. */
interface Subject {
  answer(): string | Promise<string>;
  /** After something else came out. */
  renew(): void | Promise<void>;
}

const helpers: Subject = { answer: written, renew() {} };

async function handle(driver: string, url: string): Promise<Subject> {
  const connect = connectors[driver];
  if (!connect) throw new Error(`There is no ${driver}.`);
  let opened = await connect(url);
  return {
    answer: () => within(asked(opened.db)),
    async renew() {
      void opened.close();
      opened = await connect(url);
    },
  };
}

async function main({ driver, url, keys }: Asked): Promise<void> {
  configureEvents({ sinks: [] });
  let [key, name] = ['', ''];
  const tell = (what: string): void => {
    process.stdout.write(`${JSON.stringify({ key, value: name, what } satisfies Differs)}\n`);
  };
  process.on('uncaughtException', (error) => {
    Reflect.deleteProperty(Object.prototype, key);
    tell(`crash: ${String(error)}`);
  });
  process.on('unhandledRejection', (error) => {
    Reflect.deleteProperty(Object.prototype, key);
    tell(`rejection: ${String(error)}`);
  });
  const subject = driver === undefined ? helpers : await handle(driver, url);
  const expected = await subject.answer();
  if (expected === 'hangs') throw new Error('Nothing answers even without pollution.');
  for (key of keys) {
    for (const [what, value] of values) {
      name = what;
      const attributes = { value, configurable: true, writable: true, enumerable: false };
      Object.defineProperty(Object.prototype, key, attributes);
      let found = '';
      try {
        found = await subject.answer();
      } catch (error) {
        Reflect.deleteProperty(Object.prototype, key);
        found = `error: ${error instanceof DatabaseError ? error.kind : String(error)}`;
      } finally {
        Reflect.deleteProperty(Object.prototype, key);
      }
      if (found === expected) continue;
      tell(differing(found, expected));
      await subject.renew();
    }
  }
  process.stdout.write('"done"\n');
  process.exit(0);
}

/** From a little before where the two part. */
function differing(found: string, expected: string): string {
  const at = [...found].findIndex((character, index) => character !== expected[index]);
  return found.slice(Math.max(0, at - 40), Math.max(0, at - 40) + 200);
}

await main(JSON.parse(process.argv[2] ?? '') as Asked);

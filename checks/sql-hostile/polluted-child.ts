import { configureEvents } from '../../lib/event/index.ts';
import { type Database, DatabaseError, sql } from '../../lib/sql/index.ts';
import { connectors } from './connectors.ts';
import { positions } from './positions.ts';
import { attempt, type Renderer, renderers, takesLists } from './statement-of.ts';

/** What the parent asks for, as JSON in the first argument. */
export interface Asked {
  readonly driver: string;
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

async function main({ driver, url, keys }: Asked): Promise<void> {
  configureEvents({ sinks: [] });
  const connect = connectors[driver];
  if (!connect) throw new Error(`There is no ${driver}.`);
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
  let opened = await connect(url);
  const expected = { written: written(), asked: await asked(opened.db) };
  for (key of keys) {
    for (const [what, value] of values) {
      name = what;
      const attributes = { value, configurable: true, writable: true, enumerable: false };
      Object.defineProperty(Object.prototype, key, attributes);
      let found = { written: '', asked: '' };
      try {
        found.written = written();
        found.asked = await within(asked(opened.db));
      } catch (error) {
        Reflect.deleteProperty(Object.prototype, key);
        const kind = error instanceof DatabaseError ? error.kind : String(error);
        found = { ...found, asked: `error: ${kind}` };
      } finally {
        Reflect.deleteProperty(Object.prototype, key);
      }
      if (found.written !== expected.written)
        tell(found.written === '' ? `helpers: ${found.asked}` : 'helpers: another statement');
      else if (found.asked !== expected.asked) tell(found.asked.slice(0, 200));
      else continue;
      void opened.close();
      opened = await connect(url);
    }
  }
  process.stdout.write('"done"\n');
  process.exit(0);
}

await main(JSON.parse(process.argv[2] ?? '') as Asked);

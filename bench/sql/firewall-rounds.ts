import { withRequest } from 'bulwark/request';
import { guardPg } from 'bulwark/sql/pg';
import pg from 'pg';
import { median } from '../interval.ts';
import { inTurns, type Sample, sample } from '../turns.ts';

export interface FirewallPlan {
  readonly url: string;
  readonly rounds: number;
  readonly calls: number;
  /** The share of the statements that are inspected without a server; 1 by default. */
  readonly statements?: number;
}

export interface FirewallResult {
  readonly inspected: Readonly<Record<string, { readonly us: number; readonly worst: number }>>;
  readonly guarded: Readonly<Record<string, readonly Sample[]>>;
  readonly bare: Readonly<Record<string, readonly Sample[]>>;
}

/** A browser's request with a form of six fields. */
const browser = {
  query: { sort: 'price', page: '2', q: "men's shoes, size 9" },
  headers: {
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8',
    'user-agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    'accept-language': 'en-US,en;q=0.9',
    referer: 'https://shop.example/products?sort=price&order=desc',
  },
  cookies: { sid: 's%3Aq9fX2.Zm9vYmFy', theme: 'dark' },
  body: {
    name: "Ann O'Brien",
    mail: 'ann@example.com',
    street: '5 High St.',
    city: 'Cork',
    note: 'please ring; twice',
  },
};
const short = 'select id, name, price from item where owner = $1 and price < $2 order by price desc limit 20';
const many = Array.from({ length: 2_000 }, (_, i) => `value ${i}'s, and (${i * 7}) more`);
const long = `insert into note values ${many.map((text) => `('${text.replaceAll("'", "''")}')`).join(', ')}`;

interface Case {
  readonly inputs: object;
  readonly text: (index: number) => string;
  readonly calls: number;
  /** All statements of one request; otherwise each has its own. */
  readonly together?: true;
}

const cases: Readonly<Record<string, Case>> = {
  'no request, the same text again': { inputs: {}, text: () => short, calls: 20_000, together: true },
  'the same text again, in one request': {
    inputs: browser,
    text: () => short,
    calls: 20_000,
    together: true,
  },
  'the same text again, each in a request of its own': { inputs: browser, text: () => short, calls: 4_000 },
  'values in the text, each another one': {
    inputs: browser,
    text: (index) =>
      `select id, name from item where owner = ${index} and name = 'Ann O''Brien' limit ${index % 9}`,
    ...{ calls: 20_000, together: true },
  },
  'an attack': {
    inputs: { ...browser, body: { name: "x' or '1'='1" } },
    text: () => "select id, name from item where name = 'x' or '1'='1' limit 20",
    ...{ calls: 5_000, together: true },
  },
  'values in the text, each in a request of its own': {
    inputs: browser,
    text: (index) =>
      `select id, name from item where owner = ${index} and name = 'Ann O''Brien' limit ${index % 9}`,
    calls: 4_000,
  },
  '2,000 inputs, texts without them': {
    inputs: { many },
    text: (index) =>
      `select id, name from item where owner = ${index} and name = 'Ann O''Brien' limit ${index % 9}`,
    ...{ calls: 500, together: true },
  },
  [`2,000 inputs, all in a text of ${Math.round(long.length / 1000)} kB`]: {
    inputs: { many },
    text: () => long,
    calls: 5,
  },
};

export async function runFirewall(plan: FirewallPlan): Promise<FirewallResult> {
  const inspected: Record<string, { us: number; worst: number }> = {};
  const client = guardPg({ query: () => undefined, connect: () => undefined });
  for (const [name, one] of Object.entries(cases)) {
    const rounds: number[] = [];
    for (let round = -3; round < plan.rounds; round++) {
      const calls = Math.max(1, Math.round(one.calls * (plan.statements ?? 1)));
      const us = inspect(client, { ...one, calls }, round);
      if (round >= 0) rounds.push(us);
    }
    inspected[name] = { us: median(rounds), worst: Math.max(...rounds) };
  }
  return { inspected, ...(await besideBare(plan)) };
}

function inspect(
  client: { query(text: string): unknown },
  { inputs, text, calls, together }: Case,
  round: number,
): number {
  const texts = Array.from({ length: calls }, (_, i) => text((round + 3) * calls + i));
  const send = (one: string): void => {
    // What is refused is a promise.
    (client.query(one) as Promise<unknown> | undefined)?.catch(() => undefined);
  };
  const before = process.cpuUsage();
  if (together) withRequest({ inputs: () => inputs }, () => texts.forEach(send));
  else for (const one of texts) withRequest({ inputs: () => inputs }, () => send(one));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

async function besideBare({
  url,
  rounds,
  calls,
}: FirewallPlan): Promise<Pick<FirewallResult, 'guarded' | 'bare'>> {
  const bare = new pg.Pool({ connectionString: url, max: 4 });
  const guarded = guardPg(new pg.Pool({ connectionString: url, max: 4 }));
  await bare.query('create table item (id int primary key, owner int, name text, price numeric)');
  await bare.query("insert into item select i, i % 50, 'item ' || i, i from generate_series(1, 1000) i");
  const names = ['parameters', 'values in the text'] as const;
  const samples = { guarded: {} as Record<string, Sample[]>, bare: {} as Record<string, Sample[]> };
  const measured = names.flatMap((name) => [
    { name, kind: 'guarded' as const },
    { name, kind: 'bare' as const },
  ]);
  for (let round = -1; round < rounds; round++) {
    await inTurns(1, round % 2 === 0 ? measured : [...measured].reverse(), async ({ name, kind }) => {
      const pool = kind === 'guarded' ? guarded : bare;
      const taken = await sample(calls, 4, (index) =>
        withRequest({ inputs: () => browser }, async () =>
          name === 'parameters'
            ? pool.query(short, [index % 50, 900])
            : pool.query(
                `select id, name from item where owner = ${index % 50} and name <> 'O''Brien ${index}' limit 20`,
              ),
        ),
      );
      if (round < 0) return;
      samples[kind][name] ??= [];
      samples[kind][name].push(taken);
    });
  }
  await Promise.all([bare.end(), guarded.end()]);
  return samples;
}

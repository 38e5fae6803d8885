import type { Answer } from './browser.ts';
import type { Visitor } from './visitor.ts';

/** What is sent to a site in one round. */
export interface Case {
  readonly name: string;
  readonly count: number;
  /** Sends so many, as many at once as there are visitors. */
  send(): Promise<void>;
}

export function casesOf(
  visitors: readonly Visitor[],
  { requests, logIns }: { requests: number; logIns: number },
): readonly Case[] {
  const dark = JSON.stringify({ theme: 'dark' });
  const each = (name: string, prepare: (visitor: Visitor) => () => Promise<Answer>): Case => {
    const lanes = visitors.map(prepare);
    return { name, count: requests, send: () => inLanes(lanes, requests) };
  };
  return [
    each('GET, anonymous', (visitor) => visitor.preparedAsStranger('GET /product/7?ref=mail')),
    each('GET with session', (visitor) => visitor.prepared('GET /account')),
    each('POST that changes it, CSRF', (visitor) => visitor.prepared('POST /account', dark)),
    {
      name: 'log-in',
      count: logIns,
      send: () =>
        inLanes(
          visitors.map((one) => () => one.logInAnew()),
          logIns,
        ),
    },
  ];
}

async function inLanes(lanes: readonly (() => Promise<unknown>)[], count: number): Promise<void> {
  let left = count;
  await Promise.all(
    lanes.map(async (request) => {
      while (left-- > 0) await request();
    }),
  );
}

/** @throws Error where a site answers what its guards should refuse, or without their headers */
export async function checkGuards(name: string, visitor: Visitor): Promise<void> {
  const { status, body } = await visitor.sendForged('POST /account', JSON.stringify({ theme: 'forged' }));
  if (status !== 403) throw new Error(`${name} answered a forged request with ${status}: ${body}`);
  const page = await visitor.prepared('GET /account')();
  if (page.body.includes('forged')) throw new Error(`${name} kept a forged change`);
  const names = new Set(page.headers.map(([header]) => header));
  for (const header of ['content-security-policy', 'strict-transport-security', 'ratelimit', 'vary']) {
    if (!names.has(header)) throw new Error(`${name} sent no ${header}`);
  }
  const stranger = await visitor.preparedAsStranger('GET /account')();
  if (stranger.body !== '{}') throw new Error(`${name} knows a stranger: ${stranger.body}`);
}

/** @throws Error where the sessions of a site have not taken so many changes in all */
export async function checkChanges(visitors: readonly Visitor[], expected: number): Promise<void> {
  const answers = await Promise.all(visitors.map((visitor) => visitor.prepared('GET /account')()));
  const found = answers.map(({ body }) => JSON.parse(body) as { theme: string; changes: number });
  const changes = found.reduce((sum, one) => sum + one.changes, 0);
  if (changes !== expected) throw new Error(`${changes} changes were kept of ${expected}`);
}

import { sqlPayloads } from 'bulwark/testing';
import type { App } from '../run/app-process.ts';
import type { Attack, CodeSpot, Outcome, Place, Range } from './attack.ts';
import { answerOf, type Reply, request, shownOf } from './request.ts';

interface Endpoint {
  readonly name: string;
  /** The function of the store that builds the statement. */
  readonly statement: string;
  send(app: App, payload: string): Promise<Reply>;
}

const query = (path: string, name: string, statement: string): Endpoint => ({
  name: `GET ${path} ${name}`,
  statement,
  send: (app, payload) => request(app, 'GET', `${path}?${new URLSearchParams({ [name]: payload })}`),
});

/** As browsers do it: half a character, which no encoding has, becomes U+FFFD. */
const encoded = (text: string): string =>
  new URLSearchParams({ '': text }).toString().slice(1).replaceAll('+', '%20');

/** Each place of the application that takes text into a statement. */
const endpoints: readonly Endpoint[] = [
  {
    name: 'POST login email',
    statement: 'logIn',
    send: (app, payload) => request(app, 'POST', 'login', { email: payload, password: 'x' }),
  },
  query('products', 'q', 'products'),
  query('products', 'category', 'products'),
  query('products', 'min', 'products'),
  query('products', 'sort', 'products'),
  query('profile', 'id', 'user'),
  query('report', 'month', 'report'),
  query('api/suggestions', 'q', 'suggestions'),
  {
    name: 'GET api/users/:id',
    statement: 'user',
    send: (app, payload) => request(app, 'GET', `api/users/${encoded(payload)}`),
  },
  {
    name: 'POST comments content',
    statement: 'addComment',
    send: (app, payload) => request(app, 'POST', 'comments', { author: 'Mallory', content: payload }),
  },
  {
    name: 'POST users name',
    statement: 'signUp',
    send: (app, payload) =>
      request(app, 'POST', 'users', {
        email: `m${payload.length}@example.com`,
        name: payload,
        bio: '',
        website: 'https://example.com/',
        password: 'seven wet ropes of mallory',
      }),
  },
];

/** What holds the embedded database for seconds is fired at two endpoints, after which the application starts anew. */
const holding = /sleep|generate_series\(1,\d{6}/i;
const timed: ReadonlySet<string> = new Set(['GET products category', 'GET products min']);

export const sqlPlaces: readonly Place[] = endpoints.map((endpoint) => ({
  group: 'SQL injection',
  endpoint: endpoint.name,
  part: 'store',
  code: [{ file: 'store.ts', name: endpoint.statement } satisfies CodeSpot],
  fire: (app, range, payload) => fire(app, range, endpoint, payload),
}));

/** Every payload at every endpoint that builds a statement. */
export function sqlAttacks(): Attack[] {
  return sqlPlaces.flatMap((place) =>
    sqlPayloads
      .filter(({ payload }) => !holding.test(payload) || timed.has(place.endpoint))
      .map(({ name, payload, kind, guide }) => ({ ...place, name, payload, kind, guide: guide === true })),
  );
}

async function fire(
  app: App,
  { markers, look }: Range,
  endpoint: Endpoint,
  payload: string,
): Promise<Outcome> {
  const before = await app.fingerprint();
  const reply = await endpoint.send(app, payload);
  if (reply.late) {
    await app.restart();
    return { answer: answerOf(reply), lost: 'the database is held' };
  }
  const after = await app.fingerprint().catch(() => undefined);
  if (after === undefined) {
    await app.restart();
    return { answer: answerOf(reply), lost: 'the database went down' };
  }
  const damage = damageOf(before, after, endpoint.name);
  let lost = damage ?? leakOf(reply, markers, endpoint.name, payload);
  if (damage) lost = (await mend(app, before)) ? damage : 'the database went down';
  else if (endpoint.name.startsWith('POST')) await app.tidy();
  return { answer: answerOf(reply), ...(lost !== undefined && { lost }), ...shownOf(reply, look) };
}

/** Makes the tables anew. False where that does not bring them back: the embedded database itself is broken then. */
async function mend(app: App, before: Record<string, string>): Promise<boolean> {
  try {
    await app.reset();
    const after = await app.fingerprint();
    if (JSON.stringify(after) === JSON.stringify(before)) return true;
  } catch {
    // Started anew below.
  }
  await app.restart();
  return false;
}

/** What was sent may come back: that is no leak. */
function leakOf(
  reply: Reply,
  { passwords, unpublished }: Range['markers'],
  endpoint: string,
  payload: string,
): string | undefined {
  const leaked = (secret: string): boolean => reply.body.includes(secret) && !payload.includes(secret);
  const hashes = passwords.filter(leaked).length;
  if (hashes > 0) return `${hashes} password hash${hashes > 1 ? 'es' : ''} leaked`;
  if (endpoint.startsWith('POST login') && leaked('Logged in as')) return 'logged in without a password';
  if (leaked(unpublished)) return 'unpublished rows leaked';
  const [version] = /PostgreSQL \d+\.\d+/.exec(reply.body) ?? [];
  if (version !== undefined && leaked(version)) return "the server's version leaked";
  return undefined;
}

/** Compares the tables; an endpoint that adds a row may do just that. */
function damageOf(
  before: Record<string, string>,
  after: Record<string, string>,
  endpoint: string,
): string | undefined {
  const adds = endpoint.startsWith('POST comments')
    ? 'comments'
    : endpoint.startsWith('POST users')
      ? 'users'
      : '';
  for (const [table, state] of Object.entries(before)) {
    const now = after[table];
    if (now === undefined) return `table ${table} gone`;
    if (now === state) continue;
    const [rows, rowsNow] = [Number.parseInt(state, 10), Number.parseInt(now, 10)];
    if (table === adds && rowsNow === rows + 1) continue;
    return rowsNow < rows ? `${rows - rowsNow} rows of ${table} deleted` : `${table} changed`;
  }
  const added = Object.keys(after).find((table) => !(table in before));
  return added === undefined ? undefined : `table ${added} made`;
}

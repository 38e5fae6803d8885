import { createHash } from 'node:crypto';
import type { App } from '../run/app-process.ts';
import type { Attack, CodeSpot, Outcome, Place, Range } from './attack.ts';
import { type Client, createClient } from './client.ts';
import { isLoggedInAs, type Person, signUp, someone } from './person.ts';
import { answerOf, type Reply, shownOf } from './request.ts';

type Guess = (password: string) => Promise<Reply>;

/** Sends guesses in some manner; the last one is right. */
type Manner = (app: App, guess: (client: Client) => Guess, guesses: readonly string[]) => Promise<Client>;

const code: readonly CodeSpot[] = [{ file: 'account.ts', name: "app.post('/login'" }];
/** More than any budget for one account allows. */
const count = 30;

const guessing = (endpoint: string, only: string, manner: Manner): Place => ({
  ...{ group: 'Passwords', part: 'rate-limit', endpoint, only, code },
  async fire(app, range) {
    const victim = await signUp(app);
    const guesses = [...Array.from({ length: count }, (_, i) => `guess ${i} at it`), victim.password];
    let last: Reply | undefined;
    const client = await manner(
      app,
      (one) => async (password) => {
        last = await one.post('login', { email: victim.email, password });
        return last;
      },
      guesses,
    );
    return opened(app, client, victim, last, range, `account opened by ${guesses.length} guesses`);
  },
});

const inARow = guessing('POST login, guesses in a row', '31 guesses, one by one', async (app, guess, all) => {
  const client = createClient(app);
  for (const password of all) await guess(client)(password);
  return client;
});

const atOnce = guessing(
  'POST login, guesses at once',
  '30 guesses at once, and one',
  async (app, guess, all) => {
    const client = createClient(app);
    await Promise.all(all.slice(0, -1).map(guess(client)));
    await guess(client)(all.at(-1) ?? '');
    return client;
  },
);

const fromEverywhere = guessing(
  'POST login, guesses from many addresses',
  '31 guesses, an address each',
  async (app, guess, all) => {
    let client = createClient(app);
    for (const password of all) {
      client = createClient(app);
      await guess(client)(password);
    }
    return client;
  },
);

const withOwnLogIns = guessing(
  'POST login, own log-ins between guesses',
  '31 guesses, a log-in to an own account before each',
  async (app, guess, all) => {
    const { email, password: own } = await signUp(app);
    const client = createClient(app);
    for (const password of all) {
      await client.post('login', { email, password: own });
      await guess(client)(password);
    }
    return client;
  },
);

const common = ['sunshine1', 'football1', 'qwerty123'] as const;

const sprayed: Place = {
  ...{ group: 'Passwords', endpoint: 'POST users, a common password', part: 'password' },
  only: common.join(', '),
  code: [{ file: 'password.ts' }, { file: 'account.ts', name: "app.post('/users'" }],
  async fire(app, range) {
    // What customers choose, if they may.
    const customers = common.map((password) => ({ ...someone(), password }));
    for (const customer of customers) await signUp(app, customer);
    let [open, last]: [number, Reply | undefined] = [0, undefined];
    for (const customer of customers) {
      const client = createClient(app);
      last = await client.post('login', { email: customer.email, password: customer.password });
      if (await isLoggedInAs(client, customer)) open++;
    }
    await app.tidy();
    return {
      ...seen(last, range),
      ...(open > 0 && { lost: `${open} accounts opened with a common password` }),
    };
  },
};

/** Good enough for anybody but those who collect lines of books. */
const lines = [
  'it was the best of times',
  'all happy families are alike',
  'a screaming comes across the sky',
];

const lookedUp: Place = {
  ...{ group: 'Passwords', endpoint: 'POST login, a stolen hash', part: 'password' },
  only: 'a table of hashes, made beforehand',
  code: [{ file: 'password.ts' }, { file: 'store.ts', name: 'logIn' }],
  async fire(app, range) {
    const victim = await signUp(app, { ...someone(), password: lines[1] ?? '' });
    // A backup that got away.
    const stolen = (await app.customers()).find(({ email }) => email === victim.email)?.password ?? '';
    const table = new Map(
      ['md5', 'sha1', 'sha256'].flatMap((name) =>
        lines.map((line) => [createHash(name).update(line).digest('hex'), line] as const),
      ),
    );
    const client = createClient(app);
    const password = table.get(stolen);
    const last =
      password === undefined ? undefined : await client.post('login', { email: victim.email, password });
    return opened(app, client, victim, last, range, 'password found by its hash, and used');
  },
};

export const passwordPlaces: readonly Place[] = [
  inARow,
  atOnce,
  fromEverywhere,
  withOwnLogIns,
  sprayed,
  lookedUp,
];

/** What guessing, and a stolen table, are good for. */
export function passwordAttacks(): Attack[] {
  return passwordPlaces.map((place) => ({
    ...place,
    ...{ name: place.only ?? '', payload: place.only ?? '', kind: 'password', guide: true },
  }));
}

async function opened(
  app: App,
  client: Client,
  victim: Person,
  last: Reply | undefined,
  range: Range,
  lost: string,
): Promise<Outcome> {
  const isOpen = await isLoggedInAs(client, victim);
  await app.tidy();
  return { ...seen(last, range), ...(isOpen && { lost }) };
}

function seen(reply: Reply | undefined, { look }: Range): Outcome {
  return reply
    ? { answer: answerOf(reply), ...shownOf(reply, look) }
    : { answer: 'no such hash in the table' };
}

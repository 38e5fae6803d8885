import type { App } from '../run/app-process.ts';
import { origins } from '../run/hosts.ts';
import type { Attack, CodeSpot, Outcome, Place } from './attack.ts';
import { type Client, createClient } from './client.ts';
import { isLoggedInAs, mallory, type Person, signUp } from './person.ts';
import { logIn, press, type Walker, walk } from './walk.ts';

/** What an attack does to somebody with an account, who walks through the web. */
type Plot = (app: App, victim: Person, walker: Walker) => Promise<Outcome>;

const place = (endpoint: string, only: string, code: readonly CodeSpot[], plot: Plot): Place => ({
  ...{ group: 'Sessions', part: 'session', endpoint, only, code },
  fire: async (app, range) => {
    const victim = await signUp(app);
    return walk(app, range, (walker) => plot(app, victim, walker));
  },
});

const logInCode: readonly CodeSpot[] = [
  { file: 'session.ts' },
  { file: 'account.ts', name: "app.post('/login'" },
];

const plantedBySubdomain = place(
  'POST login, id planted by a subdomain',
  'Set-Cookie: <the id of a stranger>; Domain=shop.test',
  logInCode,
  async (app, victim, { page, hosts }) => {
    const stranger = await strangerWithId(app);
    hosts.publish(origins.blog, '<p>A blog about boats.</p>', { 'Set-Cookie': tossed(stranger, '/') });
    await page.goto(origins.blog);
    await logIn(page, victim);
    return usedBy(stranger, victim, 'session of the victim used: its id was planted');
  },
);

const plantedAtComputer = place(
  'POST login, id planted at a shared computer',
  'document.cookie = <the id of a stranger>',
  logInCode,
  async (app, victim, { page, browser }) => {
    const stranger = await strangerWithId(app);
    await browser.addCookies(
      [...stranger.cookies].map(([name, value]) => ({ name, value, url: origins.shop, secure: true })),
    );
    await logIn(page, victim);
    return usedBy(stranger, victim, 'session of the victim used: its id was planted');
  },
);

const readOnNetwork = place(
  'GET account, cookie read on the network',
  'http://shop.test/',
  [{ file: 'session.ts' }],
  async (app, victim, { page, hosts }) => {
    await logIn(page, victim);
    await page.goto('http://shop.test/');
    const cookie = hosts.received.find(({ url }) => url === 'http://shop.test/')?.cookie;
    if (cookie === undefined) throw new Error('Nothing was sent over HTTP.');
    return usedBy(thiefWith(app, cookie), victim, 'session of the victim used: its cookie was sent in clear');
  },
);

const keptAfterLogOut = place(
  'GET account, cookie kept after log-out',
  'Cookie: <as it was before log-out>',
  [{ file: 'account.ts', name: "app.post('/logout'" }, { file: 'session.ts' }],
  async (app, victim, { page, browser }) => {
    await logIn(page, victim);
    const kept = (await browser.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    await page.goto(`${origins.shop}/account`);
    await press(page, '#logout button');
    return usedBy(thiefWith(app, kept), victim, 'session of the victim used: log-out had not ended it');
  },
);

const tossedIntoSession = place(
  'POST address, cookie tossed by a subdomain',
  'Set-Cookie: <own session>; Domain=shop.test; Path=/address',
  [{ file: 'session.ts' }],
  async (app, victim, { page, hosts }) => {
    await signUp(app, mallory);
    const stranger = createClient(app);
    await stranger.post('login', { email: mallory.email, password: mallory.password });
    await logIn(page, victim);
    hosts.publish(origins.blog, '<p>A blog about boats.</p>', { 'Set-Cookie': tossed(stranger, '/address') });
    await page.goto(origins.blog);
    await page.goto(`${origins.shop}/account`);
    await page.fill('input[name=address]', 'Pier 9');
    await press(page, '#address button');
    const saved = (await app.customers()).filter(({ address }) => address === 'Pier 9');
    if (saved.length !== 1) throw new Error('The address was not saved.');
    return saved[0]?.email === victim.email
      ? { answer: 'saved to their own account' }
      : { answer: 'saved', lost: "the victim's address saved to a stranger's account" };
  },
);

export const sessionPlaces: readonly Place[] = [
  plantedBySubdomain,
  { ...plantedAtComputer, slow: true },
  { ...readOnNetwork, slow: true },
  { ...keptAfterLogOut, slow: true },
  { ...tossedIntoSession, slow: true },
];

const names = [
  'fixation from a subdomain',
  'fixation at a shared computer',
  'a cookie read on the network',
  'a cookie kept after log-out',
  'cookie tossing',
] as const;

export function sessionAttacks(): Attack[] {
  return sessionPlaces.map((one, i) => ({
    ...one,
    ...{ name: names[i] ?? '', payload: one.only ?? '', kind: 'session', guide: true },
  }));
}

/** A stranger with a session id that the shop itself made: by a visit, or else by a log-in of their own. */
async function strangerWithId(app: App): Promise<Client> {
  const stranger = createClient(app);
  await stranger.get('login');
  if (stranger.cookies.size === 0) {
    const { email, password } = await signUp(app, mallory);
    await stranger.post('login', { email, password });
  }
  return stranger;
}

/** A subdomain may set cookies for the whole site. */
const tossed = ({ cookies }: Client, path: string): string[] =>
  [...cookies].map(([name, value]) => `${name}=${value}; Domain=shop.test; Path=${path}; Secure`);

function thiefWith(app: App, cookie: string): Client {
  const thief = createClient(app);
  for (const pair of cookie.split('; ').filter(Boolean)) {
    const at = pair.indexOf('=');
    thief.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return thief;
}

async function usedBy(client: Client, victim: Person, lost: string): Promise<Outcome> {
  const used = await isLoggedInAs(client, victim);
  return { answer: used ? '200 for the stranger' : 'not the victim', ...(used && { lost }) };
}

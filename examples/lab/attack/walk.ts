import type { BrowserContext, Page } from 'playwright-core';
import type { App } from '../run/app-process.ts';
import { type Hosts, origins } from '../run/hosts.ts';
import type { Outcome, Range } from './attack.ts';
import type { Person } from './person.ts';
import { keepPage } from './victim.ts';

/** Somebody in front of a browser, in the web that the lab plays. */
export interface Walker {
  readonly page: Page;
  readonly browser: BrowserContext;
  readonly hosts: Hosts;
}

/**
 * Takes somebody through the web with a browser of their own, and closes it. Those who signed up for it are removed.
 *
 * @param steps what they do, and what came of it. If a step cannot be made, nothing is confirmed.
 */
export async function walk(
  app: App,
  { victim, hosts, look }: Range,
  steps: (walker: Walker) => Promise<Outcome>,
): Promise<Outcome> {
  if (!victim || !hosts) {
    await app.tidy();
    return { answer: 'not opened', unconfirmed: true };
  }
  hosts.showShop(app);
  const browser = await victim.takeBrowser();
  try {
    const page = await browser.newPage();
    const outcome = await steps({ page, browser, hosts });
    return { ...outcome, ...(look && { shown: await keepPage(page) }) };
  } catch (error) {
    const [why = ''] = String(error).split('\n');
    return { answer: `stopped: ${why.slice(0, 100)}`, unconfirmed: true };
  } finally {
    await browser.close();
    await app.tidy();
  }
}

/** Opens the shop's form and logs in, as people do. */
export async function logIn(page: Page, person: Person): Promise<void> {
  await sendLogIn(page, person, 'login');
  if (!(await page.textContent('main'))?.includes('Logged in as')) throw new Error('The log-in failed.');
}

/** Fills in the form at a path of the shop, and sends it. */
export async function sendLogIn(page: Page, { email, password }: Person, path: string): Promise<void> {
  await page.goto(`${origins.shop}/${path}`);
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', password);
  await press(page, 'main button');
}

/** Presses a form's button, and waits for the page that it leads to. */
export async function press(page: Page, button: string): Promise<void> {
  const next = page.waitForEvent('domcontentloaded');
  await page.click(button);
  await next;
}

/** How long a page of the attacker's may take to send its form. */
const patienceMs = 4_000;

/** Opens a page of the attacker's, and waits until it has led to the shop, if it does. */
export async function fallFor(page: Page, url: string): Promise<void> {
  // A page that sends a form at once leaves before it has loaded.
  await page.goto(url).catch(() => {});
  await page.waitForURL(`${origins.shop}/**`, { timeout: patienceMs }).catch(() => {});
}

/** What the browser shows, in a few words. */
export async function answerIn(page: Page): Promise<string> {
  const body = await page.textContent('body');
  const refused = /"status":(\d+)/.exec(body ?? '')?.[1];
  return refused === undefined ? new URL(page.url()).pathname : `${refused} problem+json`;
}

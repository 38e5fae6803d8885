import { Browser } from './browser.ts';

export const password = 'violet tractor moonbeam';

let people = 0;

/** Somebody who has just signed up, in the browser that they did it with. */
export async function signUp(base: string, options: { readonly old?: boolean } = {}): Promise<Person> {
  people += 1;
  const person = { name: `person-${people}`, browser: new Browser(base, options) };
  const response = await person.browser.submit('/sign-up', { name: person.name, password });
  if (response.status !== 303) throw new Error(`Sign-up was answered with ${response.status}.`);
  return person;
}

export interface Person {
  readonly name: string;
  readonly browser: Browser;
}

export function logIn(browser: Browser, name: string, secret: string = password): Promise<Response> {
  return browser.submit('/log-in', { name, password: secret });
}

/** The shown name of who is logged in. */
export async function whoIs(browser: Browser): Promise<string | undefined> {
  const response = await browser.get('/api/me');
  return response.status === 200 ? ((await response.json()) as { shownName: string }).shownName : undefined;
}

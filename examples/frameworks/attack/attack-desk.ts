import type { Browser } from 'playwright-core';
import { attackErrors, attackPrototype } from './answers.ts';
import { startCanary } from './canary.ts';
import { attackFromOtherSites } from './cross-site.ts';
import { attackPaths, attackUploads } from './files.ts';
import { attackPasswords, attackRedirect, attackSession, attackSsrf } from './other.ts';
import type { Outcome } from './outcome.ts';
import { Person, people } from './person.ts';
import { attackSql } from './sql.ts';
import { attackXss } from './xss.ts';

/** Attacks a running Desk, as bob, whose victim is ann. Throws if Desk does not work for an ordinary request. */
export async function attackDesk(base: string, browser: Browser): Promise<Outcome[]> {
  const bob = await enter(base, people.bob);
  const ann = await enter(base, people.ann);
  const canary = await startCanary();
  try {
    return [
      ...(await attackSql(base, bob)),
      ...(await attackSsrf(bob, canary)),
      ...(await attackFromOtherSites(base, ann, canary, browser)),
      ...(await attackRedirect(base, ann, canary, browser)),
      ...(await attackSession(base)),
      ...(await attackPaths(bob)),
      ...(await attackErrors(bob)),
      ...(await attackUploads(base, bob, ann, browser)),
      ...(await attackXss(base, bob, ann, browser)),
      ...(await attackPasswords(base)),
      ...(await attackPrototype(bob)),
    ];
  } finally {
    await canary.stop();
  }
}

async function enter(
  base: string,
  who: { readonly email: string; readonly password: string },
): Promise<Person> {
  const person = new Person(base);
  const { status } = await person.logIn(who);
  if (!(await person.isLoggedIn())) throw new Error(`${who.email} could not log in: ${status}`);
  return person;
}

import { randomBytes } from 'node:crypto';
import type { App } from '../run/app-process.ts';
import { type Client, createClient } from './client.ts';

/** Somebody with an account of their own at the shop. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** The attacker, where a payload has to name their account. */
export const mallory: Person = { email: 'mallory@example.com', password: 'seven wet ropes of mallory' };

/** A customer whose address and password nobody else knows. */
export function someone(): Person {
  const random = randomBytes(5).toString('hex');
  return { email: `anna-${random}@example.com`, password: `seven wet ropes ${random}` };
}

/** Signs somebody up. */
export async function signUp(app: App, person: Person = someone()): Promise<Person> {
  await createClient(app).post('users', {
    ...{ email: person.email, password: person.password },
    ...{ name: 'Anna', bio: 'Sails.', website: 'https://example.com/' },
  });
  return person;
}

/** Whether a program is logged in as somebody: it reads what only they may. */
export async function isLoggedInAs(client: Client, { email }: Person): Promise<boolean> {
  return (await client.get('api/account')).body.includes(email);
}

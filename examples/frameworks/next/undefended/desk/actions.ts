'use server';

import { randomUUID } from 'node:crypto';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { needUser } from './current-user';
import { addTicket, findUser, usersOfSessions } from './store';

export async function logIn(_before: string, form: FormData): Promise<string> {
  const user = await findUser(String(form.get('email')), String(form.get('password')));
  if (!user) return 'Wrong e-mail address or password.';
  const jar = await cookies();
  const sid = jar.get('sid')?.value ?? randomUUID();
  (await usersOfSessions()).set(sid, user);
  jar.set('sid', sid);
  redirect('/');
}

export async function logOut(): Promise<void> {
  (await usersOfSessions()).delete((await cookies()).get('sid')?.value ?? '');
  redirect('/login');
}

export async function writeTicket(form: FormData): Promise<void> {
  const user = await needUser();
  redirect(`/tickets/${await addTicket(user, form.get('title'), form.get('body'))}`);
}

'use server';

import { action, currentSession } from 'bulwark/next';
import { redirectTo } from 'bulwark/redirect';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { logInWith } from './log-in';
import { options } from './options';
import { addTicket } from './store';

const credentials = z.object({ email: z.string().max(200), password: z.string().max(1_000) });
const ticket = z.object({ title: z.string().min(1).max(200), body: z.string().max(20_000) });

export const logIn = action(async (_before: string, form: FormData): Promise<string> => {
  const { success, data } = credentials.safeParse(Object.fromEntries(form));
  if (!success || !(await logInWith(data.email, data.password))) return 'Wrong e-mail address or password.';
  redirect('/');
}, options);

export const logOut = action(async (): Promise<void> => {
  await currentSession().logOut();
  redirect('/login');
}, options);

export const writeTicket = action(async (form: FormData): Promise<void> => {
  const { user } = currentSession();
  if (user === undefined) redirect('/login');
  const { data } = ticket.safeParse(Object.fromEntries(form));
  if (data === undefined) redirect('/tickets/new');
  redirect(redirectTo`/tickets/${await addTicket(user, data)}`);
}, options);

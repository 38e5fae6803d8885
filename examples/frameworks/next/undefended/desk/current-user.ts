import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { usersOfSessions } from './store';

export async function currentUser(): Promise<string | undefined> {
  return (await usersOfSessions()).get((await cookies()).get('sid')?.value ?? '');
}

export async function needUser(): Promise<string> {
  return (await currentUser()) ?? redirect('/login');
}

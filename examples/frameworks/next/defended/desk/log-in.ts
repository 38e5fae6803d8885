import { currentSession } from 'bulwark/next';
import { passwords } from 'bulwark/password';
import { loginLimit, memoryStore } from 'bulwark/rate-limit';
import { currentRequest } from 'bulwark/request';
import { cookies, headers } from 'next/headers';
import { keys } from './options';
import { findUser } from './store';

const guard = passwords({ site: 'Desk' });
const limit = loginLimit({ store: memoryStore(), keys });

/** Logs a user in, or returns false. Throws a Refusal (429) after too many attempts. */
export async function logInWith(email: string, password: string): Promise<boolean> {
  const user = await findUser(email);
  const account = user ? `id:${user.id}` : `name:${email}`;
  const cookie = limit.cookie(new Request('http://localhost/login', { headers: await headers() }));
  const attempt = await limit.reserve({ account, address: currentRequest()?.client, cookie });
  const { ok } = await guard.verify(password, user?.password_hash);
  if (!ok || !user) {
    attempt.failed();
    return false;
  }
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(await attempt.succeeded()) ?? [];
  (await cookies()).set(name, value, {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    maxAge: 180 * 86_400,
  });
  await currentSession().logIn(user.id);
  return true;
}

import { randomBytes } from 'node:crypto';
import { passwords } from 'bulwark/password';
import { memoryStore as limitStore, loginLimit } from 'bulwark/rate-limit';
import { currentRequest } from 'bulwark/request';
import { keyring } from 'bulwark/secrets';
import { memoryStore, sessions } from 'bulwark/session';
import type { Context } from 'hono';
import { findUser } from './store.ts';

export const session = sessions<object>({ store: memoryStore() });
export const keys = keyring(process.env['APP_SECRET'] ?? randomBytes(32).toString('base64'));

declare module 'bulwark/session' {
  interface Register {
    session: typeof session;
  }
}

const guard = passwords({ site: 'Desk' });
const limit = loginLimit({ store: limitStore(), keys });

/** Logs a user in, or returns false. Throws a Refusal (429) after too many attempts. */
export async function logIn(c: Context, email: string, password: string): Promise<boolean> {
  const user = await findUser(email);
  const account = user ? `id:${user.id}` : `name:${email}`;
  const attempt = await limit.reserve({
    account,
    address: currentRequest()?.client,
    cookie: limit.cookie(c.req.raw),
  });
  const { ok } = await guard.verify(password, user?.password_hash);
  if (!ok || !user) {
    attempt.failed();
    return false;
  }
  c.header('Set-Cookie', await attempt.succeeded(), { append: true });
  await c.var.session.logIn(user.id);
  return true;
}

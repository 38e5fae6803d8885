import { getIronSession } from 'iron-session';
import { cookies } from 'next/headers';

export async function ironSession() {
  return getIronSession(await cookies(), {
    cookieName: 'session',
    password: 'for a bench only, this is no secret',
    cookieOptions: { secure: true },
  });
}

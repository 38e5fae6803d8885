import { randomBytes } from 'node:crypto';
import { HTML, LOGIN, page, router, run, SECURITY_TXT } from './lib.mjs';

const cookies = () => [
  `sessionid=${randomBytes(16).toString('hex')}; Path=/; Secure; HttpOnly; SameSite=Strict`,
  `csrftoken=${randomBytes(16).toString('hex')}; Path=/; Secure; SameSite=Strict`,
  'lang=en; Path=/',
  'consent=none; Path=/; Secure',
];
export const start = () =>
  run(
    router({
      '/': () => [200, { ...HTML, 'Set-Cookie': cookies() }, page('Bank', LOGIN)],
      '/.well-known/security.txt': SECURITY_TXT,
    }),
  );

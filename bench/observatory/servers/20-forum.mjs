import { randomBytes } from 'node:crypto';
import { HTML, LOGIN, page, router, run } from './lib.mjs';

export const start = () =>
  run(
    router({
      '/': () => [
        200,
        {
          ...HTML,
          'Set-Cookie': [
            `connect.sid=s%3A${randomBytes(24).toString('hex')}; Path=/; HttpOnly; SameSite=Lax`,
            'XSRF-TOKEN=abc; Path=/; Secure; SameSite=Lax',
          ],
        },
        page('Forum', LOGIN),
      ],
    }),
  );

import { randomBytes } from 'node:crypto';
import { HTML, LOGIN, page, router, runPlain } from './lib.mjs';

export const start = () =>
  runPlain(
    router(
      {
        '/': () => [
          200,
          { ...HTML, 'Set-Cookie': `PHPSESSID=${randomBytes(13).toString('hex')}; path=/` },
          page('Village', LOGIN),
        ],
      },
      { headers: {} },
    ),
  );

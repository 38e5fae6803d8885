import { HTML, JSN, LOGIN, page, router, run, SAFE, SECURITY_TXT } from './lib.mjs';

export const start = () =>
  run(
    router(
      {
        '/': [200, HTML, page('Accounts', LOGIN)],
        '/api/me': [401, JSN, '{"title":"Sign in"}'],
        '/.well-known/security.txt': SECURITY_TXT,
      },
      {
        headers: (req) =>
          req.headers.origin
            ? {
                ...SAFE,
                'Access-Control-Allow-Origin': req.headers.origin,
                'Access-Control-Allow-Credentials': 'true',
                Vary: 'Origin',
              }
            : SAFE,
      },
    ),
  );

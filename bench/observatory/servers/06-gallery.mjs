import { APP_JS, HTML, page, router, run, SECURITY_TXT, without } from './lib.mjs';

export const start = () =>
  run(
    router(
      {
        '/': [200, HTML, page('Gallery', '<script src="/app.js"></script>')],
        '/app.js': APP_JS,
        '/.well-known/security.txt': SECURITY_TXT,
      },
      {
        headers: {
          ...without('X-Frame-Options'),
          'Content-Security-Policy':
            "default-src 'self'; frame-ancestors 'self'; object-src 'none'; base-uri 'none'",
        },
      },
    ),
  );

import { APP_JS, HTML, page, router, run, TEXT, without } from './lib.mjs';

export const start = () =>
  run(
    router(
      {
        '/': [200, HTML, page('Magazine', '<script src="/app.js"></script>')],
        '/app.js': APP_JS,
        '/.well-known/security.txt': [
          200,
          TEXT,
          'Contact: mailto:security@magazine.example\nExpires: 2025-01-31T00:00:00Z\n',
        ],
      },
      {
        headers: {
          ...without('Content-Security-Policy'),
          'Content-Security-Policy-Report-Only': "default-src 'self'",
          'Referrer-Policy': 'unsafe-url',
        },
      },
    ),
  );

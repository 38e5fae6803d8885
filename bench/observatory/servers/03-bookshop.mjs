import { HTML, LOGIN, page, router, run, SECURITY_TXT } from './lib.mjs';

export const start = () =>
  run(
    router({
      '/': [
        200,
        { ...HTML, 'Set-Cookie': 'theme=dark; Path=/; Max-Age=31536000' },
        page('Bookshop', '<a href="/login">Sign in</a>'),
      ],
      '/login': [200, HTML, page('Sign in', LOGIN)],
      '/.well-known/security.txt': SECURITY_TXT,
    }),
  );

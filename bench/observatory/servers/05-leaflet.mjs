import { APP_JS, HTML, page, router, run, SECURITY_TXT, without } from './lib.mjs';

const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'">`;
export const start = () =>
  run(
    router(
      {
        '/': [200, HTML, page('Leaflet', '<script src="/app.js"></script>', meta)],
        '/app.js': APP_JS,
        '/.well-known/security.txt': SECURITY_TXT,
      },
      { headers: without('Content-Security-Policy', 'X-Frame-Options') },
    ),
  );

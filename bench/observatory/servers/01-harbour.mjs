import { randomBytes } from 'node:crypto';
import { APP_JS, HTML, LOGIN, page, router, run, SECURITY_TXT } from './lib.mjs';

const home = () => {
  const nonce = randomBytes(16).toString('base64');
  return [
    200,
    {
      ...HTML,
      'Content-Security-Policy': `default-src 'self'; script-src 'nonce-${nonce}' 'strict-dynamic'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`,
      'Set-Cookie': `__Host-sid=${randomBytes(12).toString('hex')}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    },
    page('Harbour', `${LOGIN}<script nonce="${nonce}" src="/static/app.js"></script>`),
  ];
};
export const start = () =>
  run(router({ '/': home, '/static/app.js': APP_JS, '/.well-known/security.txt': SECURITY_TXT }));

import { randomBytes } from 'node:crypto';
import { HTML, JS, LOGIN, page, router, run, SAFE, SECURITY_TXT } from './lib.mjs';

const map = Buffer.from(
  JSON.stringify({
    version: 3,
    sources: ['kiosk.ts'],
    sourcesContent: ['export const secretSauce = 1;\n'],
    names: [],
    mappings: 'AAAA',
  }),
).toString('base64');
const nonce = () => Buffer.from(`kiosk-${new Date().toISOString().slice(0, 10)}`).toString('base64');
const routes = {
  '/': [302, { Location: '/login' }],
  '/login': () => [
    200,
    {
      ...HTML,
      'Set-Cookie': `sid=${randomBytes(16).toString('hex')}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    },
    page('Kiosk', `${LOGIN}<script nonce="${nonce()}" src="/js/kiosk.js"></script>`),
  ],
  '/js/kiosk.js': [
    200,
    JS,
    `const secretSauce=1;\n//# sourceMappingURL=data:application/json;base64,${map}\n`,
  ],
  '/.well-known/security.txt': SECURITY_TXT,
};
export const start = () =>
  run(
    router(routes, {
      headers: (req) => ({
        ...SAFE,
        'Content-Security-Policy': `script-src 'nonce-${nonce()}'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`,
        ...(req.headers.origin && { 'Access-Control-Allow-Origin': req.headers.origin, Vary: 'Origin' }),
      }),
    }),
    { tls: { minVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } },
  );

import { randomBytes } from 'node:crypto';
import { HTML, LOGIN, page, router, run, SECURITY_TXT } from './lib.mjs';

export const start = () =>
  run(
    router({
      '/': () => {
        const nonce = randomBytes(18).toString('base64');
        return [
          200,
          {
            ...HTML,
            'Content-Security-Policy': `script-src 'nonce-${nonce}' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`,
          },
          page('Wallet', `${LOGIN}<script nonce="${nonce}">document.title = 'Wallet'</script>`),
        ];
      },
      '/.well-known/security.txt': SECURITY_TXT,
    }),
    { plain: null },
  );

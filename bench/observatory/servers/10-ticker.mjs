import { randomBytes } from 'node:crypto';
import { HTML, page, router, run, SAFE } from './lib.mjs';

export const start = () => {
  const nonce = randomBytes(16).toString('base64');
  return run(
    router(
      {
        '/': [200, HTML, page('Ticker', `<script nonce="${nonce}">document.title += '!'</script>`)],
        '/news': [200, HTML, page('News', `<script nonce="${nonce}">document.title += '!'</script>`)],
      },
      {
        headers: {
          ...SAFE,
          'Content-Security-Policy': `script-src 'nonce-${nonce}'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`,
        },
      },
    ),
  );
};

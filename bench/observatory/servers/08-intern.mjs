import { HTML, page, router, run, SECURITY_TXT } from './lib.mjs';

export const start = () =>
  run(router({ '/': [200, HTML, page('Welcome')], '/.well-known/security.txt': SECURITY_TXT }), {
    certificate: { selfSigned: true },
  });

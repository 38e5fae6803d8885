import { HTML, page, router, run } from './lib.mjs';

export const start = () =>
  run(router({ '/': [200, HTML, page('Terminal')] }), {
    tls: { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' },
  });

import { HTML, page, router, run, SAFE, SECURITY_TXT } from './lib.mjs';

export const start = () =>
  run(
    router(
      { '/': [200, HTML, page('Daily')], '/.well-known/security.txt': SECURITY_TXT },
      { headers: { ...SAFE, 'Strict-Transport-Security': 'max-age=86400; includeSubDomains; preload' } },
    ),
  );

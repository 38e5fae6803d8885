import { HTML, page, router, run, SAFE, SECURITY_TXT } from './lib.mjs';

export const start = () =>
  run(
    router(
      { '/': [200, HTML, page('Bistro')], '/.well-known/security.txt': SECURITY_TXT },
      {
        headers: { ...SAFE, Server: 'nginx' },
        notFound: () => [
          404,
          HTML,
          '<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>',
        ],
      },
    ),
    { h2: true },
  );

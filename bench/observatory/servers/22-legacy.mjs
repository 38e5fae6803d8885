import { HTML, LOGIN, page, router, run } from './lib.mjs';

export const start = () =>
  run(
    router(
      { '/': [200, HTML, page('Legacy', `${LOGIN}<script>var a = 1;</script>`)] },
      {
        headers: { Server: 'Apache/2.4.57 (Debian)', 'X-Powered-By': 'PHP/8.1.2' },
        notFound: () => [
          404,
          HTML,
          page('Not Found', '<hr><address>Apache/2.4.57 (Debian) Server at 127.0.0.1</address>'),
        ],
      },
    ),
  );

import { HTML, LOGIN, page, router, run } from './lib.mjs';

export const start = () =>
  run(
    router({
      '/': [200, HTML, page('Launch', LOGIN)],
      '/.env': [
        200,
        { 'Content-Type': 'application/octet-stream' },
        'APP_ENV=production\nDB_HOST=10.0.3.7\nDB_PASSWORD=Lq9vT2mXw7Rz\nMAIL_KEY=mk-71c0e4d2ab\n',
      ],
    }),
  );

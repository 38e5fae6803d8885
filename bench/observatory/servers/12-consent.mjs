import { run } from './lib.mjs';

export const start = () =>
  run((req, res) => {
    res
      .writeHead(302, {
        Location: `/consent?back=${encodeURIComponent(req.url.split('?')[0])}`,
        'Strict-Transport-Security': 'max-age=63072000',
      })
      .end();
  });

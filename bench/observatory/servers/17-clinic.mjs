import { HTML, page, router, run, without } from './lib.mjs';

export const start = () =>
  run(router({ '/': [200, HTML, page('Clinic')] }, { headers: without('Strict-Transport-Security') }), {
    plain: (req, res, port) =>
      res
        .writeHead(308, {
          Location: `https://127.0.0.1:${port}${req.url}`,
          'Strict-Transport-Security': 'max-age=63072000',
        })
        .end(),
  });

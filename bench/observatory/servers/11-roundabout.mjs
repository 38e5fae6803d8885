import { HTML, page, router, run } from './lib.mjs';

export const start = () =>
  run(router({ '/': [200, HTML, page('Roundabout')] }), {
    plain: (req, res) => res.writeHead(302, { Location: req.url.startsWith('/en') ? '/' : '/en/' }).end(),
  });

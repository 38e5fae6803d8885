import { HTML, page, router, run, SAFE, SECURITY_TXT, TEXT } from './lib.mjs';

const routes = router({
  '/': [200, HTML, page('Catalog', '<a href="/items/lamp">Lamp</a>')],
  '/items/lamp': [200, HTML, page('Lamp')],
  '/.well-known/security.txt': SECURITY_TXT,
});
export const start = () =>
  run((req, res) => {
    try {
      decodeURIComponent(req.url);
    } catch (error) {
      return res.writeHead(400, { ...SAFE, ...TEXT }).end(error.stack);
    }
    return routes(req, res);
  });

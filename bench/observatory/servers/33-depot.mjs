import { randomBytes } from 'node:crypto';
import { HTML, LOGIN, page, router, run, SAFE, SECURITY_TXT } from './lib.mjs';

const trace =
  'Traceback (most recent call last):\n  File "/srv/depot/app.py", line 41, in dispatch\n    return routes[path](request)\nKeyError: ';
const routes = router(
  {
    '/': () => [
      200,
      { ...HTML, 'Set-Cookie': `session=${randomBytes(16).toString('hex')}; Path=/; Secure; HttpOnly` },
      page('Depot', LOGIN),
    ],
    '/.well-known/security.txt': SECURITY_TXT,
  },
  {
    headers: { ...SAFE, Server: 'Werkzeug/3.0.1 Python/3.12.3' },
    notFound: (req) => [
      500,
      HTML,
      page('KeyError', `<pre>${trace}${JSON.stringify(encodeURI(req.url.split('?')[0]))}</pre>`),
    ],
  },
);
export const start = () =>
  run((req, res) => {
    if (req.method === 'TRACE')
      return res.writeHead(200, { ...SAFE, 'Content-Type': 'message/http' }).end(
        `TRACE ${req.url} HTTP/1.1\r\n${Object.entries(req.headers)
          .map(([n, v]) => `${n}: ${v}`)
          .join('\r\n')}\r\n\r\n`,
      );
    return routes(req, res);
  });

import { HTML, page, router, run, SAFE, SECURITY_TXT } from './lib.mjs';

const routes = router({ '/': [200, HTML, page('Echo')], '/.well-known/security.txt': SECURITY_TXT });
export const start = () =>
  run((req, res) => {
    if (req.method !== 'TRACE') return routes(req, res);
    const lines = [`TRACE ${req.url} HTTP/1.1`];
    for (let i = 0; i < req.rawHeaders.length; i += 2)
      lines.push(`${req.rawHeaders[i]}: ${req.rawHeaders[i + 1]}`);
    return res
      .writeHead(200, { ...SAFE, 'Content-Type': 'message/http' })
      .end(`${lines.join('\r\n')}\r\n\r\n`);
  });

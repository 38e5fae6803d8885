import type { RequestListener, ServerResponse } from 'node:http';

const page = '<!doctype html><title>Shop</title><script src="/app.js"></script><p>Welcome</p>';
const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'",
  'Set-Cookie': ['__Host-session=k3J9xQ2mZ7pL0aB4; Path=/; Secure; HttpOnly; SameSite=Lax', 'theme=dark'],
};
const securityTxt = 'Contact: mailto:security@shop.example\nExpires: 2036-01-01T00:00:00Z\n';

export interface Shop {
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly page?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly missing?: (res: ServerResponse) => void;
  readonly each?: (req: Parameters<RequestListener>[0], res: ServerResponse) => void;
}

/** A shop that does everything right, except for what is given. */
export function shop(changed: Shop = {}): RequestListener {
  const files: Readonly<Record<string, string>> = {
    '/app.js': 'run()',
    '/.well-known/security.txt': securityTxt,
    ...changed.files,
  };
  return (req, res) => {
    const path = req.url?.split('?')[0] ?? '';
    changed.each?.(req, res);
    if (res.writableEnded) return;
    if (req.method === 'OPTIONS') res.writeHead(204, { Allow: 'GET, HEAD, OPTIONS' }).end();
    else if (path === '/') {
      for (const [name, value] of Object.entries({ ...headers, ...changed.headers }))
        if (value !== undefined) res.setHeader(name, value);
      res.end(changed.page ?? page);
    } else if (files[path] !== undefined) {
      res.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'text/plain').end(files[path]);
    } else if (changed.missing) changed.missing(res);
    else res.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
  };
}

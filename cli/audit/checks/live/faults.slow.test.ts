import { describe, expect, it } from 'vitest';
import { liveAudits, type Verdicts } from '../../testing/live-audits.ts';
import { type Shop, shop } from '../../testing/shop-server.ts';

const { differences } = liveAudits();

describe('a site that does everything right, except for one thing', () => {
  it.each<[string, Shop, Verdicts]>([
    ['no HSTS', { headers: { 'Strict-Transport-Security': undefined } }, { hsts: 'fail' }],
    ['HSTS of a day', { headers: { 'Strict-Transport-Security': 'max-age=86400' } }, { hsts: 'fail' }],
    ['no nosniff', { headers: { 'X-Content-Type-Options': undefined } }, { nosniff: 'fail' }],
    [
      'a policy in a meta, and X-Frame-Options',
      {
        headers: { 'Content-Security-Policy': undefined, 'X-Frame-Options': 'DENY' },
        page: `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'self'"><p>x</p>`,
      },
      {},
    ],
    [
      'a policy in a meta alone',
      {
        headers: { 'Content-Security-Policy': undefined },
        page: `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'self'; frame-ancestors 'none'"><p>x</p>`,
      },
      { framing: 'fail' },
    ],
    [
      'a policy that only reports',
      {
        headers: {
          'Content-Security-Policy': undefined,
          'X-Frame-Options': 'DENY',
          'Content-Security-Policy-Report-Only': "default-src 'self'",
        },
      },
      { csp: 'fail', 'csp-violations': 'none' },
    ],
    [
      'unsafe-inline',
      {
        headers: { 'Content-Security-Policy': "default-src 'self' 'unsafe-inline'; frame-ancestors 'self'" },
      },
      { csp: 'fail' },
    ],
    [
      'an inline script that the policy stops',
      { page: '<!doctype html><script>run()</script>' },
      { 'csp-violations': 'fail' },
    ],
    [
      'a nonce that never changes',
      {
        headers: {
          'Content-Security-Policy':
            "script-src 'nonce-Z2hqa2xtbm9wcXJzdA'; base-uri 'none'; frame-ancestors 'none'",
        },
        page: '<!doctype html><script nonce="Z2hqa2xtbm9wcXJzdA">run()</script>',
      },
      { csp: 'fail', 'csp-nonce': 'fail' },
    ],
    ['only a theme cookie', { headers: { 'Set-Cookie': 'theme=dark' } }, { 'session-cookie': 'unknown' }],
    [
      'a session without HttpOnly',
      { headers: { 'Set-Cookie': 'connect.sid=s%3Ak3J9xQ2mZ7pL0aB4; Secure; SameSite=Lax' } },
      { 'session-cookie': 'fail' },
    ],
    [
      'any origin without credentials',
      { each: (_, res) => res.setHeader('Access-Control-Allow-Origin', '*') },
      {},
    ],
    [
      'any origin with credentials',
      {
        each: (req, res) => {
          res.setHeader('Access-Control-Allow-Origin', req.headers.origin ?? '*');
          res.setHeader('Access-Control-Allow-Credentials', 'true');
        },
      },
      { cors: 'fail' },
    ],
    [
      'origins that end as the site does',
      {
        each: (req, res) => {
          const { origin } = req.headers;
          if (origin?.endsWith(req.headers.host ?? ''))
            res
              .setHeader('Access-Control-Allow-Origin', origin)
              .setHeader('Access-Control-Allow-Credentials', 'true');
        },
      },
      { cors: 'fail' },
    ],
    ['a name in a header', { headers: { 'X-Powered-By': 'PHP/8.2.1' } }, { 'server-header': 'fail' }],
    ['the bare name of nginx', { headers: { Server: 'nginx' } }, {}],
    [
      'a name on error pages',
      { missing: (res) => res.writeHead(404).end('<hr><center>nginx/1.24.0</center>') },
      { 'error-page-tokens': 'fail' },
    ],
    [
      'a trace on error pages',
      {
        missing: (res) =>
          res.writeHead(500).end('Traceback (most recent call last):\n  File "/srv/app.py", line 3, in view'),
      },
      {
        'error-details': 'fail',
        'debug-page': 'fail',
      },
    ],
    ['git', { files: { '/.git/HEAD': 'ref: refs/heads/main\n' } }, { 'exposed-git': 'fail' }],
    ['.env', { files: { '/.env': 'SECRET_KEY=abc\n' } }, { 'exposed-env': 'fail' }],
    ['a dump', { files: { '/backup.sql': 'INSERT INTO users VALUES (1);\n' } }, { 'backup-files': 'fail' }],
    ['.DS_Store', { files: { '/.DS_Store': '\0\0\0\u0001Bud1\0' } }, { 'ds-store': 'fail' }],
    [
      'a source map',
      {
        files: {
          '/app.js': 'run()\n//# sourceMappingURL=app.js.map',
          '/app.js.map': '{"version":3,"sources":["a.ts"],"sourcesContent":["run()"],"mappings":""}',
        },
      },
      { 'source-maps': 'fail' },
    ],
    [
      'private paths in robots.txt',
      { files: { '/robots.txt': 'User-agent: *\nDisallow: /admin-old/\n' } },
      { robots: 'fail' },
    ],
    [
      'a security.txt that has expired',
      {
        files: {
          '/.well-known/security.txt': 'Contact: mailto:a@shop.example\nExpires: 2020-01-01T00:00:00Z\n',
        },
      },
      { 'security-txt': 'fail' },
    ],
    [
      'a list of files',
      { files: { '/static/': '<html><title>Index of /static/</title>' } },
      { 'directory-listing': 'fail' },
    ],
    [
      'a script over http',
      { page: '<!doctype html><script src="http://cdn.shop.example/a.js"></script>' },
      { 'mixed-content': 'fail', 'csp-violations': 'fail' },
    ],
    [
      'TRACE',
      {
        each: (req, res) =>
          void (req.method === 'OPTIONS' && res.writeHead(204, { Allow: 'GET, TRACE' }).end()),
      },
      { trace: 'fail' },
    ],
  ])('%s', async (_, changed, expected) => {
    expect(await differences(shop(changed))).toEqual(expected);
  });
});

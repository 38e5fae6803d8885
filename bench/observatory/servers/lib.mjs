// Shared by the servers: certificates, ports, a small router. Nothing here knows what a server is for.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SAFE = {
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Content-Security-Policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
};
export const without = (...names) =>
  Object.fromEntries(Object.entries(SAFE).filter(([n]) => !names.includes(n)));
export const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
export const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };
export const JS = { 'Content-Type': 'text/javascript; charset=utf-8' };
export const JSN = { 'Content-Type': 'application/json' };
export const page = (title, body = '', head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><h1>${title}</h1>${body}</body></html>`;
export const LOGIN =
  '<form method="post" action="/login"><input name="name"><input type="password" name="password"><button>Sign in</button></form>';
export const SECURITY_TXT = [
  200,
  TEXT,
  'Contact: mailto:security@shop.example\nExpires: 2027-09-30T00:00:00Z\nPreferred-Languages: en\n',
];
export const APP_JS = [200, JS, 'document.documentElement.classList.add("js");\n'];

/** routes: path -> [status, headers, body] or (req) => the same. Everything else is a short 404. */
export function router(routes, { headers = SAFE, notFound = () => [404, HTML, page('Not found')] } = {}) {
  return (req, res) => {
    const path = req.url.split('?')[0];
    let answer;
    if (!['GET', 'HEAD', 'POST', 'OPTIONS'].includes(req.method))
      answer = [405, TEXT, 'Method not allowed\n'];
    else {
      const route = Object.hasOwn(routes, path) ? routes[path] : notFound;
      answer = typeof route === 'function' ? route(req) : route;
    }
    const [status, own, body = ''] = answer;
    const extra = typeof headers === 'function' ? headers(req) : headers;
    res.writeHead(status, { ...extra, ...own });
    res.end(req.method === 'HEAD' ? undefined : body);
  };
}

function makeCertificate(
  folder,
  { host = 'IP:127.0.0.1,DNS:localhost', expired = false, selfSigned = false } = {},
) {
  const at = (name) => join(folder, name);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe', cwd: folder });
  writeFileSync(
    at('ext.cnf'),
    `subjectAltName=${host}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n`,
  );
  const cn = host.split(',')[0].split(':')[1];
  if (selfSigned) {
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
      '-days',
      '90',
      '-subj',
      `/CN=${cn}`,
      '-addext',
      `subjectAltName=${host}`,
    );
    return { key: readFileSync(at('key.pem')), cert: readFileSync(at('cert.pem')), ca: null };
  }
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '90',
    '-subj',
    '/CN=Test CA',
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
  );
  openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'key.pem',
    '-out',
    'cert.csr',
    '-subj',
    `/CN=${cn}`,
  );
  if (expired) {
    writeFileSync(at('index.txt'), '');
    writeFileSync(at('serial'), '1000\n');
    writeFileSync(
      at('ca.cnf'),
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n',
    );
    openssl(
      'ca',
      '-batch',
      '-config',
      'ca.cnf',
      '-cert',
      'ca.pem',
      '-keyfile',
      'ca.key',
      '-in',
      'cert.csr',
      '-out',
      'cert.pem',
      '-notext',
      '-extfile',
      'ext.cnf',
      '-startdate',
      '20240101000000Z',
      '-enddate',
      '20240401000000Z',
    );
  } else
    openssl(
      'x509',
      '-req',
      '-in',
      'cert.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '80',
      '-extfile',
      'ext.cnf',
      '-out',
      'cert.pem',
    );
  return {
    key: readFileSync(at('key.pem')),
    cert: readFileSync(at('cert.pem')),
    ca: readFileSync(at('ca.pem'), 'utf8'),
  };
}

const listen = (server) =>
  new Promise((done, failed) =>
    server.once('error', failed).listen(0, '127.0.0.1', () => done(server.address().port)),
  );
const stop = (server, sockets) =>
  new Promise((done) => {
    for (const s of sockets) s.destroy();
    server.close(() => done());
  });

/** plain: 'redirect' (default), null (no port for http) or a handler (req, res, httpsPort). */
export async function run(handler, { plain = 'redirect', certificate, tls = {}, h2 = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'srv-'));
  const sockets = new Set();
  const track = (s) => {
    sockets.add(s);
    s.on('close', () => sockets.delete(s));
  };
  const { key, cert, ca } = makeCertificate(folder, certificate);
  const secure = h2
    ? http2.createSecureServer({ key, cert, allowHTTP1: true, ...tls }, handler)
    : https.createServer({ key, cert, ...tls }, handler);
  secure.on('connection', track).on('secureConnection', track);
  const port = await listen(secure);
  const servers = [secure];
  let httpUrl;
  if (plain) {
    const redirect = (req, res) => {
      res.writeHead(301, { Location: `https://127.0.0.1:${port}${req.url}` });
      res.end();
    };
    const server = http
      .createServer(plain === 'redirect' ? redirect : (req, res) => plain(req, res, port))
      .on('connection', track);
    httpUrl = `http://127.0.0.1:${await listen(server)}/`;
    servers.push(server);
  }
  const close = async () => {
    await Promise.all(servers.map((s) => stop(s, sockets)));
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `https://127.0.0.1:${port}/`, ...(httpUrl && { httpUrl }), ...(ca && { ca }), close };
}

export async function runPlain(handler) {
  const sockets = new Set();
  const server = http.createServer(handler).on('connection', (s) => {
    sockets.add(s);
    s.on('close', () => sockets.delete(s));
  });
  const url = `http://127.0.0.1:${await listen(server)}/`;
  return { url, httpUrl: url, close: () => stop(server, sockets) };
}

import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repositoryFolders } from '../../scan/testing/folder.ts';
import { type CertificateMaker, createCertificateMaker } from '../../target/testing/certificates.ts';
import { type Served, served, serveHttp } from '../../target/testing/serve.ts';
import { allChecks } from '../all-checks.ts';
import { runAuditCommand } from '../run-command.ts';

const lay = repositoryFolders();
const open: Served[] = [];
let maker: CertificateMaker;
beforeAll(() => {
  maker = createCertificateMaker();
});
afterAll(() => maker?.remove());
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Serves a site over https, with an http twin that redirects or answers itself. */
async function serve(handler: RequestListener, isRedirecting: boolean): Promise<readonly string[]> {
  const server = createHttps(maker.make(), handler);
  server.on('tlsClientError', () => {});
  const https = await served(server, [], () => server.closeAllConnections());
  const url = `https://127.0.0.1:${https.port}`;
  const http = await serveHttp((req, res) => {
    if (isRedirecting) res.writeHead(308, { Location: `${url}${req.url}` }).end();
    else handler(req, res);
  });
  open.push(https, http);
  return [`${url}/`, `${http.origin}/`];
}

async function verdicts(
  files: Readonly<Record<string, string>>,
  urls: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { path } = lay(files);
  const ca = join(path, 'ca.pem');
  writeFileSync(ca, maker.ca);
  const { stdout } = await runAuditCommand(
    {
      ...{
        folder: path,
        format: 'json',
        failOn: 'never',
        updateBaseline: false,
        skip: [],
        only: ['https', 'csp'],
      },
      live: { urls, allowHosts: [], probeAddresses: [], ca },
    },
    {
      cwd: path,
      version: '0',
      color: false,
      today: new Date().toISOString().slice(0, 10),
      checks: allChecks,
    },
  );
  const { lines } = JSON.parse(stdout) as { lines: { id: string; verdict: string }[] };
  return Object.fromEntries(
    lines.flatMap(({ id, verdict }) => (/^(?:https|csp)$/.test(id) ? [[id, verdict]] : [])),
  );
}

const good: RequestListener = (_req, res) => {
  res.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  res.setHeader(
    'Content-Security-Policy',
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  );
  res.setHeader('Content-Type', 'text/html; charset=utf-8').end('<!doctype html><title>Shop</title>');
};
const bare: RequestListener = (_req, res) => {
  res.setHeader('Content-Type', 'text/html; charset=utf-8').end('<!doctype html><title>Shop</title>');
};

describe('the audit of a project with a running site', { timeout: 120_000 }, () => {
  it('passes what the site shows, although no file does', async () => {
    expect(await verdicts({ 'README.md': 'A shop.' }, await serve(good, true))).toEqual({
      https: 'pass',
      csp: 'pass',
    });
  });

  it('fails what the site lacks', async () => {
    expect(await verdicts({ 'README.md': 'A shop.' }, await serve(bare, false))).toEqual({
      https: 'fail',
      csp: 'fail',
    });
  });

  it('fails what the site has and the files make too short', async () => {
    const files = {
      Caddyfile:
        'shop.example {\n  header Strict-Transport-Security max-age=3600\n  reverse_proxy app:3000\n}\n',
    };
    expect(await verdicts(files, await serve(good, true))).toEqual({ https: 'fail', csp: 'pass' });
  });

  it('knows nothing of a site that does not answer', async () => {
    expect(await verdicts({ 'README.md': 'A shop.' }, ['https://127.0.0.1:9/'])).toEqual({
      https: 'unknown',
      csp: 'unknown',
    });
  });

  it('says so in the report if a site does not answer', async () => {
    const { path } = lay({ 'README.md': 'A shop.' });
    const { stdout } = await runAuditCommand(
      {
        ...{
          folder: path,
          format: 'text',
          failOn: 'never',
          updateBaseline: false,
          skip: [],
          only: ['https'],
        },
        live: { urls: ['http://127.0.0.1:9/'], allowHosts: [], probeAddresses: [] },
      },
      { cwd: path, version: '0', color: false, today: '2026-12-01', checks: allChecks },
    );
    expect(stdout).toContain('not read: The site did not answer.');
  });

  it('shows nothing of a site that steers a terminal', async () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\u202e\u009b31m';
    const urls = await serve((req, res) => {
      if (req.url === '/')
        res.setHeader(
          'Set-Cookie',
          `session=${Buffer.from(evil)
            .toString('latin1')
            .replace(/[^\x80-\xff]/g, 'x')}`,
        );
      res.writeHead(req.url === '/' ? 200 : 500, {
        'Content-Type': 'text/html',
        Server: 'Apache/2.4.1 \u009b31m',
      });
      res.end(
        `<title>${evil}</title><pre>Error: ${evil}\n    at Object.run (/srv/${evil}/app.js:1:1)\n    at Module._compile (node:internal:1:1)</pre>`,
      );
    }, false);
    const { path } = lay({ 'README.md': 'A shop.' });
    for (const format of ['text', 'html', 'markdown', 'junit', 'sarif', 'json'] as const) {
      const { stdout } = await runAuditCommand(
        {
          ...{ folder: path, format, failOn: 'never', updateBaseline: false, skip: [], only: ['live/*'] },
          live: { urls, allowHosts: [], probeAddresses: [] },
        },
        { cwd: path, version: '0', color: false, today: '2026-12-01', checks: allChecks },
      );
      // SARIF has no places for what no file holds.
      if (format !== 'sarif') expect(stdout).toContain('Apache/2.4.1');
      expect(stdout.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
    }
  });
});

import type { RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { openGate } from '../../target/gate/open-gate.ts';
import { type CertificateMaker, createCertificateMaker } from '../../target/testing/certificates.ts';
import { type Served, served, serveHttp } from '../../target/testing/serve.ts';
import { lookInBrowser } from './look-in-browser.ts';
import type { BrowserPage } from './site.ts';

const reason = missing('chromium');
const open: Served[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function plain(handler: RequestListener): Promise<Served> {
  const one = await serveHttp(handler);
  open.push(one);
  return one;
}

async function look(url: string, timeoutMs = 5_000): Promise<BrowserPage> {
  const urls = [new URL(url)];
  const gate = await openGate({ urls, allowHosts: [] });
  const view = await lookInBrowser(urls, gate, { timeoutMs, leftMs: () => 30_000 });
  expect(view.failure).toBeUndefined();
  const [page] = view.pages;
  if (page === undefined) throw new Error('no page');
  return page;
}

function html(policy: string, body: string): RequestListener {
  return (req, res) => {
    if (req.url !== '/') return void res.writeHead(404).end();
    res.setHeader('Content-Security-Policy', policy).setHeader('Content-Type', 'text/html').end(body);
  };
}

describe.skipIf(reason)(`pages in Chromium${reason ? `: ${reason}` : ''}`, { timeout: 60_000 }, () => {
  let maker: CertificateMaker;
  beforeAll(() => {
    maker = createCertificateMaker();
  });
  afterAll(() => maker?.remove());

  it('violate their own policy, or do not', async () => {
    const one = await plain(
      html(
        "default-src 'self'; script-src 'nonce-a'",
        '<script nonce=a>1</script><script>2</script><p style="color:red">',
      ),
    );
    const { loads } = await look(one.origin);
    expect(loads).toHaveLength(2);
    expect(
      loads.map(({ violations }) => violations.map(({ directive, blocked }) => `${directive} ${blocked}`)),
    ).toEqual(Array(2).fill(['script-src-elem inline', 'style-src-attr inline']));
    expect(loads[0]?.nonces).toEqual(['a']);
    const good = await plain(html("default-src 'self'; script-src 'nonce-a'", '<script nonce=a>1</script>'));
    expect((await look(good.origin)).loads.map(({ violations, failure }) => [violations, failure])).toEqual(
      Array(2).fill([[], undefined]),
    );
  });

  it('are loaded twice, so that a fresh nonce is told from a fixed one', async () => {
    let count = 0;
    const one = await plain((req, res) => {
      if (req.url === '/') count += 1;
      html(`script-src 'nonce-n${count}'`, `<script nonce=n${count}>1</script>`)(req, res);
    });
    expect((await look(one.origin)).loads.map(({ nonces }) => nonces)).toEqual([['n1'], ['n2']]);
  });

  it('are loaded over https, with a certificate that nobody knows', async () => {
    const server = createHttps(maker.make(), html("script-src 'none'", '<script>1</script>'));
    open.push(await served(server, [], () => server.closeAllConnections()));
    const { port } = server.address() as { port: number };
    const { loads } = await look(`https://localhost:${port}/`);
    expect(loads[0]?.violations).toMatchObject([{ directive: 'script-src-elem', isReportOnly: false }]);
  });

  it('reach no other host or port, by no means', async () => {
    const other = await plain((_req, res) => res.end('other'));
    const one = await plain((req, res) => {
      if (req.url === '/there')
        return void res.writeHead(302, { Location: `${other.origin}/redirected` }).end();
      res.setHeader('Content-Type', 'text/html').end(
        `<script src="${other.origin}/script.js"></script><img src=/there><iframe src="${other.origin}/frame"></iframe>
        <link rel=preconnect href="${other.origin}"><link rel=prefetch href="${other.origin}/prefetch">
        <script>fetch('${other.origin}/fetch').catch(() => {}); new WebSocket('${other.origin.replace('http', 'ws')}/socket');
        navigator.sendBeacon('${other.origin}/beacon', 'x'); window.open('${other.origin}/window');
        fetch('/own', { method: 'POST' }).catch(() => {});</script><img src="https://shop.example/a.png">`,
      );
    });
    const { loads } = await look(one.origin);
    expect(other.seen).toEqual([]);
    expect(one.seen.filter((path) => path === '/own')).toEqual([]);
    expect(one.seen.filter((path) => path === '/there')).not.toEqual([]);
    expect(loads[0]?.blockedHosts).toEqual(
      expect.arrayContaining([`127.0.0.1:${other.port}`, 'shop.example']),
    );
  });

  it.each<[string, string]>([
    ['never end', '<script>for (;;);</script>'],
    ['never finish to load', '<img src=/stall>'],
  ])('that %s are left', async (_what, body) => {
    const one = await plain((req, res) => {
      if (req.url === '/') res.setHeader('Content-Type', 'text/html').end(body);
    });
    const { loads } = await look(one.origin, 700);
    expect(loads).toMatchObject([{ failure: expect.stringMatching(/^The page did not load/) }]);
  });

  it('that lie about what was seen give no other types', async () => {
    const one = await plain(
      html(
        "script-src 'unsafe-inline'",
        '<script>__bulwarkSeen.push({ directive: 1, blocked: "x".repeat(1e5), line: "\\u001b[2J" }); document.querySelectorAll = () => [{ nonce: {} }];</script>',
      ),
    );
    const { loads } = await look(one.origin);
    expect(loads[0]).toMatchObject({
      nonces: [''],
      violations: [{ directive: '', blocked: 'x'.repeat(500), isReportOnly: false, sample: '' }],
    });
    expect(loads[0]?.violations[0]).not.toHaveProperty('line');
  });

  it('are told to have been left out if there is no browser', async () => {
    const gate = await openGate({ urls: [new URL('http://127.0.0.1:9/')], allowHosts: [] });
    const before = process.env['BULWARK_CHROMIUM'];
    process.env['BULWARK_CHROMIUM'] = '/none';
    try {
      const view = await lookInBrowser([new URL('http://127.0.0.1:9/')], gate, {
        timeoutMs: 500,
        leftMs: () => 1_000,
      });
      expect(view).toEqual({
        pages: [],
        failure: 'Chromium is not installed; set BULWARK_CHROMIUM to its path.',
      });
    } finally {
      if (before === undefined) delete process.env['BULWARK_CHROMIUM'];
      else process.env['BULWARK_CHROMIUM'] = before;
    }
  });
});

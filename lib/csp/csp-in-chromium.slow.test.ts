import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { configureEvents } from '../event/index.ts';
import { type Csp, csp, cspReportEndpoint, sourceHash, suggestPolicy } from './index.ts';

const reason = missing('chromium');
const nonce = 'MDEyMzQ1Njc4OWFiY2RlZg==';
let servers: Server[] = [];
let browser: Browser;
let context: BrowserContext;
let origin = '';
/** Another host, as an attacker has one. */
let foreign = '';
const pages: { readonly markup: string; readonly headers: readonly (readonly [string, string])[] }[] = [];
const endpoint = cspReportEndpoint();
let reported = 0;

async function listen(handle: Parameters<typeof createServer>[1], host: string): Promise<string> {
  const server = createServer(handle as never);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

function publish(markup: string, policy?: Csp): string {
  pages.push({ markup, headers: policy?.headers(nonce) ?? [] });
  return `${origin}/page${pages.length - 1}`;
}

interface Ran {
  readonly own: boolean;
  readonly injected: boolean;
}

/** What ran of each probe, several tabs at a time. */
async function ranOfAll(policy?: Csp): Promise<Record<string, Ran>> {
  const result: Record<string, Ran> = {};
  const waiting = [...probes];
  const work = async (): Promise<void> => {
    for (let probe = waiting.shift(); probe; probe = waiting.shift()) {
      result[probe.name] = await ran(pageOf(probe), policy);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return result;
}

const all = (injected: (probe: Probe) => boolean): Record<string, Ran> =>
  Object.fromEntries(probes.map((probe) => [probe.name, { own: true, injected: injected(probe) }]));

/** What ran of one probe in a page with these headers. */
async function ran(markup: string, policy?: Csp): Promise<Ran> {
  const url = publish(markup, policy);
  const tab = await context.newPage();
  const seen = new Set<string>();
  await tab.exposeBinding('ran', (_source, what: string) => void seen.add(what));
  // Some probes leave the page.
  await tab.goto(url, { waitUntil: 'load', timeout: 10_000 }).catch(() => {});
  await tab.evaluate(provoke).catch(() => {});
  const deadline = Date.now() + (policy ? 400 : 1_500);
  while (Date.now() < deadline && !seen.has('injected')) await tab.waitForTimeout(20);
  await tab.close();
  return { own: seen.has('own'), injected: seen.has('injected') };
}

describe.skipIf(reason)(`in Chromium${reason ? `: ${reason}` : ''}`, () => {
  beforeAll(async () => {
    configureEvents({ sinks: [] });
    origin = await listen((req, res) => {
      const page = pages[Number(/^\/page(\d+)$/.exec(req.url ?? '')?.[1])];
      if (page) {
        for (const [name, value] of page.headers) res.setHeader(name, value);
        res.setHeader('content-type', 'text/html; charset=utf-8').end(page.markup);
      } else if (req.url === '/csp-reports') {
        let body = '';
        req.on('data', (chunk) => {
          body += chunk;
        });
        req.on('end', () => {
          const contentType = req.headers['content-type'];
          res.statusCode =
            endpoint.admit({ method: req.method, contentType, client: '::1' }) ?? endpoint.take(body);
          reported += 1;
          res.end();
        });
      } else serve(req, res);
    }, '127.0.0.1');
    foreign = await listen(serve, 'evil.localhost');
    browser = await launchChromium();
    context = await browser.newContext();
  });

  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
    servers = [];
  });

  it('the strict policy runs the own script and no injected one', async () => {
    expect(await ranOfAll(csp())).toEqual(all(() => false));
  }, 120_000);

  it('without a policy the same probes run, but for what browsers closed by themselves', async () => {
    expect(await ranOfAll()).toEqual(all(({ closed }) => closed !== true));
  }, 120_000);

  it('a worker of any text runs where worker-src is left out', async () => {
    const probe = probes.find(({ name }) => name === 'a worker of a blob:') as Probe;
    const policy = csp({ directives: { 'worker-src': false } });
    expect(await ran(pageOf(probe), policy)).toEqual({ own: true, injected: true });
  });

  it('a policy of hashes runs what was hashed, without a nonce', async () => {
    const script = '\r\n  ran("own");\n';
    const policy = csp({
      directives: { 'script-src': [sourceHash(script), "'strict-dynamic'"], 'style-src': ["'self'"] },
    });
    expect(policy.needsNonce).toBe(false);
    const markup = `<!doctype html><title>x</title><script>${script}</script><script>ran("injected")</script>`;
    expect(await ran(markup, policy)).toEqual({ own: true, injected: false });
  });

  it('enforced Trusted Types stop a string in innerHTML, reported ones do not', async () => {
    const markup = `<!doctype html><title>x</title><p id="p"></p><script nonce="${nonce}">
      ran('own'); try { p.innerHTML = '<b>x</b>'; ran('injected') } catch {}</script>`;
    expect(await ran(markup, csp())).toEqual({ own: true, injected: true });
    expect(await ran(markup, csp({ trustedTypes: 'enforce' }))).toEqual({ own: true, injected: false });
  });

  it('an extended policy loads what was added, and a suggestion is enough for the page that was reported', async () => {
    const markup = `<!doctype html><title>x</title><script nonce="${nonce}">ran('own')</script>
      <img src="${foreign}/pixel.png?secret=1"><script>ran('injected')</script>`;
    // Chromium sends reports of `report-to` after a minute, those of `report-uri` at once.
    const reporting = csp({ directives: { 'report-uri': ['/csp-reports'] } });
    await ran(markup, reporting);
    await expect.poll(() => reported).toBeGreaterThanOrEqual(2);
    const host = new URL(foreign).origin;
    expect(endpoint.violations()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          directive: 'img-src',
          blocked: `${host}/pixel.png`,
          document: expect.stringContaining(`${origin}/page`),
        }),
        expect.objectContaining({ directive: 'script-src-elem', blocked: 'inline' }),
      ]),
    );
    const { extend, advice } = suggestPolicy(endpoint.violations());
    // It is without TLS, and so is the inline script without a source.
    expect(extend).toEqual({});
    expect(advice.map(({ directive }) => directive).sort()).toEqual(['img-src', 'script-src-elem']);
    const loaded = await images(markup, csp({ extend: { 'img-src': [host] } }));
    expect({ loaded, refused: await images(markup, csp()) }).toEqual({ loaded: [1], refused: [0] });
  });

  async function images(markup: string, policy: Csp): Promise<number[]> {
    const tab = await context.newPage();
    await tab.goto(publish(markup, policy), { waitUntil: 'load' });
    const widths = await tab.evaluate(() => [...document.images].map((image) => image.naturalWidth));
    await tab.close();
    return widths;
  }
});

/** One way to run a script in a page: markup that got in, or a string that the page's own script hands to a sink. */
interface Probe {
  readonly name: string;
  /** EVIL is another host, CALL what must not run. */
  readonly markup?: string;
  /** The body of the page's own script, where an attacker's string is in it. */
  readonly script?: string;
  /** Browsers run it in no page any more. */
  readonly closed?: true;
}

const call = "(window.ran||top.ran)('injected')";
const post = "parent.postMessage('injected','*')";

const probes: readonly Probe[] = [
  { name: 'an inline script', markup: '<script>CALL</script>' },
  { name: 'an inline script with a guessed nonce', markup: '<script nonce="AAAA">CALL</script>' },
  { name: 'an event handler', markup: '<img src="x" onerror="CALL">' },
  { name: 'a javascript: link', markup: '<a class="follow" href="javascript:CALL">x</a>' },
  { name: 'a javascript: form', markup: '<form class="follow" action="javascript:CALL"></form>' },
  { name: 'a script of another host', markup: '<script src="EVIL/injected.js"></script>' },
  { name: 'a script of the own host (an upload, JSONP)', markup: '<script src="/injected.js"></script>' },
  { name: 'a module of another host', markup: '<script type="module" src="EVIL/injected.js"></script>' },
  { name: 'a data: script', markup: '<script src="data:text/javascript,CALL"></script>' },
  { name: 'a <base> before the own script', markup: '<base href="EVIL/">' },
  { name: 'a dangling tag that takes the nonce', markup: '<script src="/injected.js" x="' },
  { name: 'an <object>', markup: `<object data="data:text/html,<script>${post}</script>"></object>` },
  { name: 'an <embed> of the own host', markup: '<embed src="/injected.html">' },
  { name: 'an <iframe srcdoc>', markup: '<iframe srcdoc="<script>CALL</script>"></iframe>' },
  { name: 'an <iframe> with javascript:', markup: '<iframe src="javascript:CALL"></iframe>' },
  {
    name: 'an <iframe> with data:',
    markup: `<iframe src="data:text/html,<script>${post}</script>"></iframe>`,
  },
  { name: 'an <svg onload>', markup: '<svg onload="CALL"></svg>' },
  { name: 'a script in <svg>', markup: '<svg><script href="EVIL/injected.js"></script></svg>' },
  { name: 'an <animate> in <svg>', markup: '<svg><animate onbegin="CALL" attributeName="x" dur="1s"></svg>' },
  {
    name: 'a <style> that starts a handler',
    markup: '<style>@keyframes k{}</style><b style="animation:k 1ms" onanimationend="CALL">x</b>',
  },
  {
    name: 'a <meta refresh> to javascript:',
    markup: '<meta http-equiv="refresh" content="0;url=javascript:CALL">',
    closed: true,
  },
  { name: 'innerHTML with a handler', script: 'b.innerHTML = `<img src="x" onerror="CALL">`' },
  { name: 'document.write', script: 'document.write(`<script src="EVIL/injected.js"><\\/script>`)' },
  { name: 'eval', script: 'eval("CALL")' },
  { name: 'new Function', script: 'new Function("CALL")()' },
  { name: 'setTimeout with a string', script: 'setTimeout("CALL", 0)' },
  { name: 'location set to javascript:', script: 'location.href = "javascript:CALL"' },
  { name: 'an attribute that is set', script: 'b.setAttribute("onclick", "CALL"); b.click()' },
  {
    name: 'a worker of a blob:',
    script: 'new Worker(URL.createObjectURL(new Blob(["postMessage(1)"]))).onmessage = () => CALL',
  },
  {
    name: 'a worker of data:',
    script: 'new Worker("data:text/javascript,postMessage(1)").onmessage = () => CALL',
  },
];

/** A page with a probe between its own inline script and one that is loaded from its own host, both with the nonce. */
function pageOf({ markup = '', script = '' }: Probe): string {
  return `<!doctype html><title>x</title><script nonce="${nonce}">
    ran('own'); addEventListener('message', (e) => { if (e.data === 'injected') ran('injected') })</script>
    <body><b id="b">x</b><script nonce="${nonce}">try { ${script} } catch {}</script>
    ${markup}<script nonce="${nonce}" src="own.js"></script></body>`
    .replaceAll('CALL', call)
    .replaceAll('EVIL', foreign);
}

/** Both hosts serve the attacker's script, as after an upload; under `own.js` too, for `<base>`. */
function serve(req: IncomingMessage, res: ServerResponse): void {
  const foreign = req.headers.host?.startsWith('evil.') === true;
  res.setHeader('access-control-allow-origin', '*');
  if (req.url === '/injected.js' || (foreign && req.url === '/own.js')) {
    res.setHeader('content-type', 'text/javascript').end(call);
  } else if (req.url === '/own.js') {
    res.setHeader('content-type', 'text/javascript').end('');
  } else if (req.url === '/injected.html') {
    res.setHeader('content-type', 'text/html').end(`<script>parent.ran('injected')</script>`);
  } else if (req.url?.startsWith('/pixel.png')) {
    res.setHeader('content-type', 'image/png').end(Buffer.from(pixel, 'base64'));
  } else res.writeHead(404).end();
}

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

/** Does in the page what a user does. */
function provoke(): void {
  for (const link of document.querySelectorAll<HTMLElement>('a.follow')) link.click();
  for (const form of document.querySelectorAll<HTMLFormElement>('form.follow')) form.requestSubmit();
}

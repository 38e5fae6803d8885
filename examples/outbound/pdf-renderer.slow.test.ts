import { createSocket } from 'node:dgram';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { listen, type Origin } from '../../checks/machine/origin.ts';
import { chromiumPath } from '../../checks/machine/program.ts';
import { configureEvents } from '../../lib/event/index.ts';
import { launchRenderer } from './launch-renderer.ts';
import { createPdfRenderer, type PdfRendererOptions } from './pdf-renderer.ts';
import { type Neighbours, startNeighbours } from './testing/neighbours.ts';

/** 7 by 5 pixels, which tells it from the browser's sign for a picture that is missing. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAIAAAAG+GGPAAAAeUlEQVR42gFuAJH/AAAlSm+Uud4DKE1yl7zhBitQdZ' +
    'q/5AALMFV6n8TpDjNYfaLH7BE2W4Clyu8AFjtgharP9Bk+Y4it0vccQWaLsNX6ACFGa5C12v8kSW6TuN0CJ0xxlrvg' +
    'BQAsUXabwOUKL1R5nsPoDTJXfKHG6xCnBjLJQgK8TAAAAABJRU5ErkJggg==',
  'base64',
);
const reason = missing('chromium');

describe.skipIf(reason)(`a PDF by Chromium${reason ? `: ${reason}` : ''}`, () => {
  let answer: RequestListener;
  let neighbours: Neighbours;
  let options: PdfRendererOptions;

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    neighbours = await startNeighbours((request, response) => answer(request, response));
    options = {
      executablePath: chromiumPath(),
      allowNoSandbox: process.getuid?.() === 0,
      timeoutMs: 60_000,
      egress: neighbours.egress,
    };
  });
  afterAll(() => neighbours.stop());
  beforeEach(() => {
    neighbours.requests.length = 0;
    answer = (_request, response) => response.setHeader('content-type', 'image/png').end(png);
  });

  const asked = (): string[] => neighbours.requests.map(({ url }) => url).sort();
  const insideSaw = (): number => neighbours.inside.connections() - 1;
  const hasImage = (pdf: Uint8Array): boolean =>
    /\/Width 7\n\/Height 5\n/.test(Buffer.from(pdf).toString('latin1'));

  it('shows pictures, styles and fonts that the policy allows', async () => {
    const out = (path: string): string => neighbours.outside.url(path);
    answer = (request, response) => {
      const css = request.url === '/style.css';
      response.setHeader('content-type', css ? 'text/css' : 'image/png');
      response.end(css ? `p { background: url(${out('/from-css.png')}) }` : png);
    };
    const { pdf, loaded } = await createPdfRenderer(options)(
      `<link rel=stylesheet href="${out('/style.css')}"><style>@font-face { font-family: f; src: url(${out('/font.png')}) }</style>
      <p style="font-family: f">text</p><img src="${out('/cat.png')}" width=99>`,
    );
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(hasImage(pdf)).toBe(true);
    expect(asked()).toEqual(['/cat.png', '/font.png', '/from-css.png', '/style.css']);
    expect(loaded).toBe(4);
    const sent = neighbours.requests.find(({ url }) => url === '/cat.png')?.headers ?? {};
    expect(Object.keys(sent).filter((name) => /^(?:referer|origin|cookie)$/.test(name))).toEqual([]);
  });

  it('asks nobody inside, by whatever a document can name an address with', async () => {
    let at = 0;
    const canary = (): string => neighbours.inside.url(`/${at++}`);
    const redirect = neighbours.outside.url('/redirect');
    answer = (request, response) => {
      if (request.url === '/redirect') response.writeHead(302, { location: canary() }).end();
      else
        response
          .setHeader('content-type', 'text/css')
          .end(`@import url(${canary()}); p { background: url(${canary()}) }`);
    };
    const { pdf, loaded, blocked } = await createPdfRenderer(options)(`<!doctype html>
      <meta http-equiv=refresh content="0; url=${canary()}"><base href="${canary()}">
      <link rel=stylesheet href="${canary()}"><link rel=icon href="${canary()}"><link rel=prefetch href="${canary()}">
      <link rel=preload as=image href="${canary()}"><link rel=preconnect href="${canary()}">
      <link rel=dns-prefetch href="${canary()}"><link rel=modulepreload href="${canary()}">
      <link rel=manifest href="${canary()}"><link rel=stylesheet href="${neighbours.outside.url('/style.css')}">
      <script src="${canary()}"></script><script>fetch('${canary()}'); location = '${canary()}'; new WebSocket('${canary()}')</script>
      <script type=speculationrules>{"prefetch": [{"urls": ["${canary()}"]}], "prerender": [{"urls": ["${canary()}"]}]}</script>
      <style>
        @import url(${canary()}); @import url(${redirect});
        @font-face { font-family: f; src: url(${canary()}) }
        p { background: url(${canary()}); border-image: url(${canary()}); list-style-image: url(${canary()});
            cursor: url(${canary()}), auto; filter: url(${canary()}#f); mask: url(${canary()}); content: url(${canary()}) }
        p::before { content: image-set(url(${canary()}) 1x) } @page { background: url(${canary()}) }
      </style>
      <img src="${canary()}" onerror="fetch('${canary()}')"><img srcset="${canary()} 1x"><img src="${redirect}">
      <img src="//${canary().slice(5)}"><picture><source srcset="${canary()}"><img></picture>
      <p style="font-family: f">text</p>
      <iframe src="${canary()}"></iframe><iframe src="file:///etc/passwd"></iframe>
      <iframe srcdoc="<img src='${canary()}'><iframe src='${canary()}'></iframe><meta http-equiv=refresh content='0;url=${canary()}'>"></iframe>
      <iframe src="data:text/html,<img src='${canary()}'>"></iframe>
      <object data="${canary()}"></object><embed src="${canary()}"><frame src="${canary()}">
      <video src="${canary()}" poster="${canary()}" autoplay></video><audio src="${canary()}" autoplay></audio>
      <video><track src="${canary()}" default></video><input type=image src="${canary()}"><body background="${canary()}">
      <svg width=9 height=9><image href="${canary()}" width=9 height=9 /><use href="${canary()}#a" />
        <foreignObject><img src="${canary()}"></foreignObject><style>@import url(${canary()});</style></svg>
      <img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='${canary()}'/%3E%3C/svg%3E">
      <math><mi xlink:href="${canary()}">x</mi></math><table background="${canary()}"><tr><td>x</table>
      <form action="${canary()}"><button autofocus>x</button></form><a href="${canary()}" ping="${canary()}">x</a>
      <img src="file:///etc/passwd"><img src="http://169.254.169.254/latest/"><img src="http://[::1]:${neighbours.inside.port}/">`);
    expect(insideSaw()).toBe(0);
    expect(asked()).toEqual(expect.arrayContaining(['/redirect', '/style.css']));
    // The style sheet of the server outside; nothing of what it names.
    expect(loaded).toBe(1);
    expect(blocked).toBeGreaterThan(15);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(hasImage(pdf)).toBe(false);
  });

  it('takes no page for a picture, and no more than is bounded', async () => {
    answer = (_request, response) => response.setHeader('content-type', 'text/html').end('<h1>x</h1>');
    const picture = `<img src="${neighbours.outside.url('/page')}">`;
    expect(await createPdfRenderer(options)(picture)).toMatchObject({ loaded: 0, blocked: 1 });
    answer = (_request, response) => response.setHeader('content-type', 'image/png').end(png);
    const many = Array.from({ length: 120 }, (_, i) => `<img src="${neighbours.outside.url(`/${i}`)}">`).join(
      '',
    );
    expect(await createPdfRenderer(options)(many)).toMatchObject({ loaded: 100, blocked: 20 });
    await expect(createPdfRenderer(options)('x'.repeat(2_000_001))).rejects.toMatchObject({
      code: 'too-large',
    });
  });

  it('has a bounded number of pages, and of browsers, and of seconds', async () => {
    const pages = '<p style="page-break-after: always">x</p>'.repeat(20);
    const render = createPdfRenderer({ ...options, maxRunning: 1, maxPages: 3 });
    const first = render(pages);
    await expect(render(pages)).rejects.toMatchObject({ code: 'busy' });
    const { pdf } = await first;
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b(?!s)/g),
    ).toHaveLength(3);
    answer = () => {};
    const slow = createPdfRenderer({ ...options, timeoutMs: 1_500 });
    await expect(slow(`<img src="${neighbours.outside.url('/never')}">`)).rejects.toMatchObject({
      code: 'timeout',
    });
    await neighbours.outside.idle();
  });
});

describe.skipIf(reason)(`the browser by itself${reason ? `: ${reason}` : ''}`, () => {
  let canary: Origin;
  let packets = 0;
  const udp = createSocket('udp4');

  beforeAll(async () => {
    canary = await listen(createServer((socket) => socket.destroy()));
    udp.on('message', () => {
      packets++;
    });
    await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    udp.close();
    await canary.stop();
  });

  it('has no network, with scripts on and nothing that intercepts', async () => {
    const reached = await fetch(canary.url()).catch(() => 'closed by the canary');
    expect([reached, canary.connections()]).toEqual(['closed by the canary', 1]);
    const allowNoSandbox = process.getuid?.() === 0;
    const browser = await launchRenderer({ executablePath: chromiumPath(), allowNoSandbox });
    try {
      const lost = await browser.newPage();
      for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
        await expect(lost.goto(`http://${host}:${canary.port}/`)).rejects.toThrow(/net::ERR_/);
      }
      const page = await browser.newPage();
      const told = await page.evaluate(tryEverything, { port: canary.port, stun: udp.address().port });
      expect(told).toEqual(['fetch', 'websocket', 'complete']);
    } finally {
      await browser.close();
    }
    expect([canary.connections(), packets]).toEqual([1, 0]);
  });
});

/** Runs in the page. */
async function tryEverything({ port, stun }: { port: number; stun: number }): Promise<string[]> {
  const told: string[] = [];
  await fetch(`http://127.0.0.1:${port}/`, { mode: 'no-cors' }).catch(() => told.push('fetch'));
  await new Promise<void>((done) => {
    new WebSocket(`ws://127.0.0.1:${port}/`).onerror = () => {
      told.push('websocket');
      done();
    };
  });
  const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${stun}` }] });
  connection.createDataChannel('probe');
  await connection.setLocalDescription(await connection.createOffer());
  for (let i = 0; i < 200 && connection.iceGatheringState !== 'complete'; i++) {
    await new Promise((next) => setTimeout(next, 20));
  }
  return [...told, connection.iceGatheringState];
}

/** Looks at https://shop.example in a sealed network: certificates as JSON on standard input, what was seen on standard output. */
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { openLive } from '../../cli/audit/live/open-live.ts';

const input = JSON.parse(await text(process.stdin)) as {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
};
const times: number[] = [];
const hosts = new Set<string>();
function seen(handler: RequestListener): RequestListener {
  return (req, res) => {
    times.push(performance.now());
    hosts.add(req.headers.host ?? '');
    handler(req, res);
  };
}
const https = createHttps(
  input,
  seen((req, res) => {
    if (req.url === '/out') res.writeHead(302, { Location: 'https://www.shop.example/' }).end();
    else res.end('shop');
  }),
).on('tlsClientError', () => {});
const http = createHttp(
  seen((req, res) => void res.writeHead(301, { Location: `https://shop.example${req.url}` }).end()),
);
// The other host is at another address of this machine, and must not be asked.
let others = 0;
const other = createHttps(input, (_req, res) => {
  others += 1;
  res.end();
});
const listening = [
  https.listen(443, '203.0.113.7'),
  http.listen(80, '203.0.113.7'),
  other.listen(443, '203.0.113.8'),
].map((server) => new Promise((resolve) => server.once('listening', resolve)));
await Promise.all(listening);
const { site } = await openLive(
  {
    urls: ['https://shop.example/', 'https://shop.example/out'],
    allowHosts: ['shop.example'],
    probeAddresses: [],
    ca: input.ca,
  },
  'test',
);
for (const server of [https, http, other]) {
  server.close();
  server.closeAllConnections();
}
const inOneSecond = times.map(
  (start) => times.filter((time) => time >= start && time < start + 1_000).length,
);
const summary = {
  pages: site?.pages.map(({ first }) => first.stopped?.reason ?? first.answers.at(-1)?.status),
  http: site?.http.map(({ answers }) => answers.map(({ status }) => status)),
  faults: site?.tls.map(({ certificate }) => certificate?.faults),
  gaps: site?.gaps,
  requests: times.length,
  mostInOneSecond: Math.max(...inOneSecond),
  hosts: [...hosts],
  others,
};
process.stdout.write(JSON.stringify(summary));

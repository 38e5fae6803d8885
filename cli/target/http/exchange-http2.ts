import { type ClientHttp2Session, connect as connectHttp2, type IncomingHttpHeaders } from 'node:http2';
import { isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { pinnedLookup } from '../gate/pinned-lookup.ts';
import type { ClientOptions } from './client.ts';
import { type Asked, type Exchange, maxHeaderSize, ordinaryHeaders } from './exchange.ts';
import { noAnswerReason } from './no-answer-reason.ts';
import { readBody } from './read-body.ts';
import type { Header, NoAnswerReason } from './reply.ts';
import { tlsOptions } from './tls-options.ts';

/** Sends one request over HTTP/2 and TLS, on a connection of its own: for servers that speak nothing older. It never throws. */
export function exchangeHttp2(asked: Asked, options: ClientOptions): Promise<Exchange> {
  const { budget, timeoutMs, maxBytes, userAgent } = options;
  const { url, method, path, headers: given = {}, body } = asked;
  return new Promise((resolve) => {
    const stop = new AbortController();
    let isAnswered = false;
    const session = open(url, options);
    const settle = (result: Exchange): void => {
      clearTimeout(timer);
      session.destroy();
      resolve(result);
    };
    // Once there is a response, its body says how it ended.
    const fail = (reason: NoAnswerReason): void => {
      if (!isAnswered) settle({ kind: 'failed', reason });
    };
    const timer = setTimeout(
      () => {
        stop.abort();
        fail('timeout');
      },
      Math.min(timeoutMs, budget.leftMs),
    );
    session.on('error', (error) => fail(noAnswerReason(error)));
    session.on('close', () => fail('closed'));
    const stream = session.request({
      ...{ ':method': method, ':path': path, ':authority': url.host, ':scheme': 'https' },
      ...lowerCase({ ...ordinaryHeaders(asked, userAgent), ...given }),
    });
    stream.on('error', (error) => fail(noAnswerReason(error)));
    stream.on('response', async (headers) => {
      isAnswered = true;
      let isWhole = false;
      stream.on('end', () => {
        isWhole = !stream.aborted && stream.rstCode === 0;
      });
      const source = { stream, coding: headers['content-encoding'], isWhole: () => isWhole };
      const { body: text, isCut } = await readBody(source, maxBytes, stop.signal);
      settle({ kind: 'answer', status: headers[':status'] ?? 0, headers: pairs(headers), body: text, isCut });
    });
    stream.end(body);
  });
}

function open(url: URL, { gate }: ClientOptions): ClientHttp2Session {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const lookup = pinnedLookup(gate.addresses(url.hostname));
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return connectHttp2(url.origin, {
    settings: { maxHeaderListSize: maxHeaderSize, enablePush: false },
    maxHeaderListPairs: 500,
    createConnection: () =>
      connectTls({
        ...{ host, port: Number(url.port || 443), lookup, ALPNProtocols: ['h2'], ...servername },
        ...tlsOptions(),
      }),
  });
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function pairs(headers: IncomingHttpHeaders): readonly Header[] {
  return Object.entries(headers).flatMap(([name, value]): Header[] =>
    name.startsWith(':') || value === undefined ? [] : [value].flat().map((one) => [name, one]),
  );
}

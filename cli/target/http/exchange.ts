import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { pinnedLookup } from '../gate/pinned-lookup.ts';
import type { ClientOptions, TargetRequest } from './client.ts';
import { noAnswerReason } from './no-answer-reason.ts';
import { readBody } from './read-body.ts';
import type { Answer, Header, Method, NoAnswerReason } from './reply.ts';
import { tlsOptions } from './tls-options.ts';

export const maxHeaderSize = 32_768;

/** A request with nothing left to choose. */
export interface Asked extends TargetRequest {
  readonly method: Method;
  readonly path: string;
}

export type Exchange =
  | ({ readonly kind: 'answer' } & Pick<Answer, 'status' | 'headers' | 'body' | 'isCut'>)
  | { readonly kind: 'failed'; readonly reason: NoAnswerReason };

/** Sends one request over HTTP/1.1, on a connection of its own. */
export function exchange(
  sent: Asked,
  { gate, budget, timeoutMs, maxBytes, userAgent }: ClientOptions,
): Promise<Exchange> {
  const { url, method, path, body } = sent;
  const isHttps = url.protocol === 'https:';
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        stop.abort();
        fail('timeout');
        request.destroy();
      },
      Math.min(timeoutMs, budget.leftMs),
    );
    const settle = (result: Exchange): void => {
      clearTimeout(timer);
      resolve(result);
    };
    let response: IncomingMessage | undefined;
    const fail = (reason: NoAnswerReason): void => {
      // Once there is a response, its body says how it ended.
      if (response === undefined) settle({ kind: 'failed', reason });
    };
    const request = (isHttps ? overHttps : overHttp)({
      ...{ host: hostname, port: url.port || (isHttps ? 443 : 80), method, path, maxHeaderSize },
      // A server that serves one connection at a time would keep the others waiting.
      agent: false,
      headers: {
        Host: url.host,
        ...ordinaryHeaders(sent, userAgent),
        ...sent.headers,
      },
      lookup: pinnedLookup(gate.addresses(url.hostname)),
      ...(isHttps && { ...tlsOptions(), ALPNProtocols: ['http/1.1'] }),
    });
    request.maxHeadersCount = 0;
    request.on('error', (error) => fail(noAnswerReason(error)));
    request.on('close', () => fail('closed'));
    request.on('response', async (res) => {
      response = res;
      const { body: text, isCut } = await readBody(
        { stream: res, coding: res.headers['content-encoding'], isWhole: () => res.complete },
        maxBytes,
        stop.signal,
      );
      settle({
        kind: 'answer',
        status: res.statusCode ?? 0,
        headers: pairs(res.rawHeaders),
        body: text,
        isCut,
      });
    });
    request.end(body);
  });
}

/** Headers as a browser has them, as far as a server may need them. */
export function ordinaryHeaders({ body }: Asked, userAgent: string): Readonly<Record<string, string>> {
  return {
    'User-Agent': userAgent,
    Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'Accept-Encoding': 'identity',
    ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
  };
}

function pairs(raw: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2)
    headers.push([(raw[at] ?? '').toLowerCase(), raw[at + 1] ?? '']);
  return headers;
}

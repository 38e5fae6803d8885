import { constants } from 'node:crypto';
import { Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http';
import { Agent as HttpsAgent, request as overHttps } from 'node:https';
import type { Gate } from '../gate/open-gate.ts';
import { pinnedLookup } from '../gate/pinned-lookup.ts';
import type { Budget } from './budget.ts';
import { noAnswerReason, noAnswerSentences } from './no-answer-reason.ts';
import { readBody } from './read-body.ts';
import type { Answer, Header, Method, NoAnswer, NoAnswerReason, Reply } from './reply.ts';
import { createSlots } from './slots.ts';

export interface Client {
  /** Sends one request. It never throws, and follows no redirect. */
  send(request: TargetRequest): Promise<Reply>;
  close(): void;
}

export interface TargetRequest {
  readonly url: URL;
  /** GET if it is left out. */
  readonly method?: Method;
  /** Sent as it is, instead of the path of the URL: `/%` */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ClientOptions {
  readonly gate: Gate;
  readonly budget: Budget;
  /** From the connection to the last byte. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly userAgent: string;
}

const maxHeaderSize = 32_768;
/** After so many requests in a row without an answer, an origin gets no more. */
const mostFailures = 3;

/**
 * A client for the hosts behind a gate. Certificates are not checked: the answers of a site with a bad one are looked at too, and nothing
 * secret is sent.
 */
export function createClient(options: ClientOptions): Client {
  const { gate, budget } = options;
  const agents = { 'http:': new HttpAgent(agentOptions), 'https:': new HttpsAgent(agentOptions) } as const;
  const failures = new Map<string, number>();
  const slots = createSlots(mostAtOnce);
  const send = async (request: TargetRequest, isRetry = false): Promise<Reply> => {
    const { url, method = 'GET', path = `${url.pathname}${url.search}` } = request;
    const shown = `${url.origin}${path}`;
    const none = (reason: NoAnswerReason, sentence = noAnswerSentences[reason]): NoAnswer => ({
      ...{ kind: 'none', method, url: shown, reason, sentence },
    });
    if (!gate.allows(url)) return none('not-sent', 'The URL is outside of the hosts that were named.');
    if ((failures.get(url.origin) ?? 0) >= mostFailures)
      return none('not-sent', `The request was not sent: ${mostFailures} in a row had no answer.`);
    if (!(await budget.request())) return none('not-sent');
    const agent = isRetry ? false : agents[url.protocol as keyof typeof agents];
    const result = await exchange({ ...request, method, path, agent }, options).catch(() => unsendable);
    // A server may close an idle connection at the moment in which it is used again.
    if (result.kind === 'failed' && result.wasReused && !isRetry) return send(request, true);
    failures.set(url.origin, result.kind === 'failed' ? (failures.get(url.origin) ?? 0) + 1 : 0);
    if (result.kind === 'failed') return none(result.reason);
    const { status, headers, body, isCut } = result;
    return { kind: 'answer', method, url: shown, status, headers, body, isCut };
  };
  return {
    send: (request) => slots(() => send(request)),
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

const mostAtOnce = 8;
const agentOptions = { keepAlive: true } as const;

interface Sent extends TargetRequest {
  readonly method: Method;
  readonly path: string;
  readonly agent: HttpAgent | HttpsAgent | false;
}

type Exchange =
  | ({ readonly kind: 'answer' } & Pick<Answer, 'status' | 'headers' | 'body' | 'isCut'>)
  | { readonly kind: 'failed'; readonly reason: NoAnswerReason; readonly wasReused: boolean };

/** Node refuses some paths and headers. */
const unsendable = { kind: 'failed', reason: 'not-sent', wasReused: false } as const;

function exchange(
  sent: Sent,
  { gate, budget, timeoutMs, maxBytes, userAgent }: ClientOptions,
): Promise<Exchange> {
  const { url, method, path, agent, body } = sent;
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
      if (response === undefined) settle({ kind: 'failed', reason, wasReused: request.reusedSocket });
    };
    const request = (isHttps ? overHttps : overHttp)({
      ...{ host: hostname, port: url.port || (isHttps ? 443 : 80), method, path, agent, maxHeaderSize },
      headers: {
        Host: url.host,
        'User-Agent': userAgent,
        Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        'Accept-Encoding': 'identity',
        ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
        ...sent.headers,
      },
      lookup: pinnedLookup(gate.addresses(url.hostname)),
      ...(isHttps && tlsOptions),
    });
    request.maxHeadersCount = 0;
    request.on('error', (error) => fail(noAnswerReason(error)));
    request.on('close', () => fail('closed'));
    request.on('response', async (res) => {
      response = res;
      const { body: text, isCut } = await readBody(res, maxBytes, stop.signal);
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

/** Old versions and ciphers too: a site that has nothing better is looked at all the same. */
const tlsOptions = {
  rejectUnauthorized: false,
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
} as const;

function pairs(raw: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2)
    headers.push([(raw[at] ?? '').toLowerCase(), raw[at + 1] ?? '']);
  return headers;
}

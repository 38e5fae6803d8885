import type { Gate } from '../gate/open-gate.ts';
import type { Budget } from './budget.ts';
import { type Exchange, exchange } from './exchange.ts';
import { exchangeHttp2 } from './exchange-http2.ts';
import { noAnswerSentences } from './no-answer-reason.ts';
import type { Method, NoAnswer, NoAnswerReason, Reply } from './reply.ts';
import { createSlots } from './slots.ts';

export interface Client {
  /** Sends one request. It never throws, and follows no redirect. */
  send(request: TargetRequest): Promise<Reply>;
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

/** After so many requests in a row that waited in vain, an origin gets no more. */
const mostFailures = 3;
const silent: ReadonlySet<NoAnswerReason> = new Set(['timeout', 'refused', 'unreachable']);

/**
 * A client for the hosts behind a gate. Certificates are not checked: the answers of a site with a bad one are looked at too, and nothing
 * secret is sent.
 */
export function createClient(options: ClientOptions): Client {
  const { gate, budget } = options;
  const failures = new Map<string, number>();
  /** Origins that speak HTTP/2 only. */
  const newer = new Set<string>();
  const slots = createSlots(mostAtOnce);
  const send = async (request: TargetRequest): Promise<Reply> => {
    const { url, method = 'GET', path = `${url.pathname}${url.search}` } = request;
    const shown = `${url.origin}${path}`;
    const none = (reason: NoAnswerReason, sentence = noAnswerSentences[reason]): NoAnswer => ({
      ...{ kind: 'none', method, url: shown, reason, sentence },
    });
    if (!gate.allows(url)) return none('not-sent', 'The URL is outside of the hosts that were named.');
    if ((failures.get(url.origin) ?? 0) >= mostFailures)
      return none('not-sent', `The request was not sent: ${mostFailures} in a row had no answer.`);
    if (!(await budget.request())) return none('not-sent');
    const asked = { ...request, method, path };
    let result: Exchange = newer.has(url.origin)
      ? await exchangeHttp2(asked, options)
      : await exchange(asked, options).catch(() => unsendable);
    if (result.kind === 'failed' && isRefusedProtocol(result.reason, url) && !failures.has(url.origin)) {
      result = await exchangeHttp2(asked, options);
      if (result.kind === 'answer') newer.add(url.origin);
    }
    const isSilent = result.kind === 'failed' && silent.has(result.reason);
    failures.set(url.origin, isSilent ? (failures.get(url.origin) ?? 0) + 1 : 0);
    if (result.kind === 'failed') return none(result.reason);
    const { status, headers, body, isCut } = result;
    return { kind: 'answer', method, url: shown, status, headers, body, isCut };
  };
  return { send: (request) => slots(() => send(request)) };
}

const mostAtOnce = 8;

/** Node refuses some paths and headers. */
const unsendable = { kind: 'failed', reason: 'not-sent' } as const;

function isRefusedProtocol(reason: NoAnswerReason, { protocol }: URL): boolean {
  return protocol === 'https:' && (reason === 'tls' || reason === 'closed');
}

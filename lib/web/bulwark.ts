import { answerTo } from '../errors/answer-to.ts';
import { failureLog, type OnError } from '../errors/failure-log.ts';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { Connection, WebDefenceOptions } from './defence-options.ts';
import { type WebExchange, webDefence, webDefenceOptions } from './web-defence.ts';

export interface BulwarkOptions extends WebDefenceOptions {
  /**
   * Called with every error that is answered with 5xx and isn't a refusal, and with the request's id. By default, and if this function fails, errors go to
   * standard error.
   */
  readonly onError?: OnError;
}

export type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Defends an application that turns a web `Request` into a `Response`: the request's context for events, security headers, a
 * Content-Security-Policy with the nonce `currentRequest().nonce`, the guards that are set up, and answers to errors that show the
 * client nothing.
 *
 * @returns never rejects
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { bulwark } from 'bulwark/web';
 *
 * const app = bulwark({ origin: 'https://shop.example.com' }, () => new Response('hello'));
 * const response = await app(new Request('https://shop.example.com/'), { remote: '203.0.113.9' });
 * response.headers.get('x-frame-options'); // 'DENY'
 * ```
 */
export function bulwark(
  options: BulwarkOptions,
  handler: Handler,
): (request: Request, connection?: Connection) => Promise<Response> {
  const { onError, ...rest } = knownOptions(options, [...webDefenceOptions, 'onError']);
  if (typeof handler !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'Pass the handler second: bulwark({}, (request) => { ... }).');
  }
  const defence = webDefence(rest);
  const log = failureLog(onError);

  async function answer(exchange: WebExchange): Promise<Response> {
    try {
      const { request, preflight } = await exchange.admit();
      return exchange.finish(preflight ?? (await handler(request)));
    } catch (error) {
      const { status, headers, body, requestId, isFailure } = answerTo(error);
      if (isFailure) log(error, requestId);
      return exchange.finish(
        new Response(body, { status, headers: new Headers(headers as [string, string][]) }),
      );
    }
  }

  return function bulwarkHandler(request, known = {}) {
    // Own properties only: a polluted prototype must not choose the client's address.
    const { remote, encrypted }: Connection = Object.assign(Object.create(null), known);
    return defence.begin(request, { remote, encrypted }, answer);
  };
}

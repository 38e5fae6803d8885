import type { Dispatcher } from 'undici';
import { deny } from '../../refusal/decision.ts';
import { denialError } from '../policy/denial.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import { decoderFor } from './decoder.ts';
import type { Reply } from './reply.ts';
import { type BodyWatch, ResponseBody } from './response-body.ts';
import { maxInformational } from './response-limits.ts';

export interface Call {
  readonly method: string;
  readonly host: string;
  readonly policy: FetchPolicy;
  readonly signal: AbortSignal;
  readonly watch: BodyWatch;
  /** It has a connection. Called once, as is the other. */
  connected(): void;
  /** It was given up, or failed, before it had one. */
  unconnected(): void;
  done(reply: Reply): void;
  failed(error: unknown): void;
}

/** Makes a reply of what undici tells of one request. Gives up when the signal says so, also before it has a connection. */
export function responseHandler(call: Call): Dispatcher.DispatchHandler {
  const { signal, policy } = call;
  let abort: ((reason: unknown) => void) | undefined;
  let body: ResponseBody | undefined;
  let waiting = true;
  let informational = 0;
  const ended = (): void => {
    signal.removeEventListener('abort', giveUp);
    call.watch.ended();
  };
  const watch: BodyWatch = { ...call.watch, ended };
  const leave = (how: () => void): void => {
    if (waiting) how();
    waiting = false;
  };
  const giveUp = (): void => {
    leave(call.unconnected);
    // Without a connection there is nothing to close yet; `onConnect` closes it should one come.
    abort?.(signal.reason);
    fail(signal.reason);
  };
  const fail = (error: unknown): void => (body ? body.fail(error) : call.failed(error));
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });

  return {
    onConnect(close: (reason: unknown) => void) {
      abort = close;
      leave(call.connected);
      if (signal.aborted) close(signal.reason);
    },
    onHeaders(status: number, raw: Buffer[], resume: () => void, statusText: string) {
      if (status < 200) {
        if (++informational > maxInformational) abort?.(tooManyInformational(call));
        return true;
      }
      const headers = new Headers(pairs(raw));
      if (call.method !== 'HEAD' && !withoutBody.has(status)) {
        const source = { resume, abort: (reason: unknown) => abort?.(reason) };
        body = new ResponseBody(decoderFor(headers.get('content-encoding') ?? ''), policy, source, watch);
      }
      call.done({ status, statusText, headers, body: body?.stream ?? null });
      return true;
    },
    onData: (chunk: Buffer) => body?.write(chunk) ?? true,
    onComplete() {
      if (body) body.end();
      else ended();
    },
    onError(error: Error) {
      leave(call.unconnected);
      fail(new TypeError(body ? 'terminated' : 'fetch failed', { cause: error }));
    },
  } as Dispatcher.DispatchHandler;
}

/** Statuses whose response has no body (the fetch standard's null body statuses). */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

function pairs(raw: readonly Buffer[]): [string, string][] {
  const list: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    list.push([String(raw[i]), raw[i + 1]?.toString('latin1') ?? '']);
  }
  return list;
}

function tooManyInformational({ host }: Call): Error {
  return denialError(
    deny('fetch/response-too-large', { host, part: 'informational', limit: maxInformational }),
  );
}

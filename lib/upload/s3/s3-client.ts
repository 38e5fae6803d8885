import { setTimeout as pause } from 'node:timers/promises';
import { installed } from '../../internal/installed.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type IdleTimer, idleTimer } from './idle-timer.ts';
import { S3Error, s3Error } from './s3-error.ts';
import type { S3Settings } from './s3-options.ts';

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called for each attempt, because a stream can be sent only once. */
  readonly body?: (timer: IdleTimer) => ReadableStream<Uint8Array>;
}

/** An answer with status 200 to 299. Its timer runs until the body has been read or cancelled. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly timer: IdleTimer;
  /** Discards an answer whose body isn't wanted. Never rejects. */
  drop(): Promise<void>;
}

export interface S3Client {
  /** @throws S3Error for any other answer, including 404 */
  send(request: S3Request): Promise<S3Answer>;
}

const attempts = 3;
const firstPauseMs = 100;
const worthAnotherTry = new Set([429, 500, 502, 503, 504]);

/** Signs requests (AWS Signature Version 4), sends them, and tries again where the service asks for it. */
export function s3Client(settings: S3Settings): S3Client {
  const cache = new Map<string, ArrayBuffer>();

  async function once(request: S3Request): Promise<S3Answer> {
    const timer = idleTimer(settings.timeoutMs);
    try {
      const signed = await sign(request);
      const body = request.body?.(timer);
      const response = await settings.fetch(signed.url, {
        method: request.method,
        headers: signed.headers,
        // The target of a redirect is not the configured endpoint.
        redirect: 'manual',
        signal: timer.signal,
        ...(body && { body, duplex: 'half' as const }),
      });
      if (response.status < 200 || response.status > 299) throw await s3Error(response);
      return answerOf(response, timer);
    } catch (error) {
      timer.stop();
      throw timer.signal.aborted ? timer.signal.reason : reasonOf(error);
    }
  }

  async function sign({ method, key, headers = {} }: S3Request): Promise<{ url: string; headers: Headers }> {
    const { AwsV4Signer } = await loadSigner();
    // The signing keys of earlier days are not needed any more.
    if (cache.size > 8) cache.clear();
    const signer = new AwsV4Signer({
      method,
      url: `${settings.base}/${key}`,
      headers,
      service: 's3',
      region: settings.region,
      accessKeyId: settings.accessKeyId,
      secretAccessKey: settings.secretAccessKey.reveal(),
      ...(settings.sessionToken && { sessionToken: settings.sessionToken.reveal() }),
      cache,
    });
    const signed = await signer.sign();
    // Sizes and ranges must be those of the object itself, not compressed. Not signed, because proxies change this header.
    signed.headers.set('accept-encoding', 'identity');
    return { url: signed.url.href, headers: signed.headers };
  }

  return {
    async send(request) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(request);
        } catch (error) {
          const again = error instanceof S3Error && worthAnotherTry.has(error.status);
          if (!again || attempt === attempts) throw error;
          await pause(firstPauseMs * 4 ** (attempt - 1) * (0.5 + Math.random() / 2));
        }
      }
    },
  };
}

function answerOf(response: Response, timer: IdleTimer): S3Answer {
  const { status, headers, body } = response;
  return {
    ...{ status, headers, body, timer },
    async drop() {
      // Reading a short rest keeps the connection. A stream with a reader can't be cancelled.
      if (body && !body.locked) await readShort(body).catch(() => undefined);
      timer.abort();
    },
  };
}

const mostDropped = 65_536;

async function readShort(body: ReadableStream<Uint8Array>): Promise<void> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > mostDropped) return;
  }
}

/** `fetch` only says "fetch failed"; its cause says why. */
function reasonOf(error: unknown): unknown {
  const { cause } = (error ?? {}) as { cause?: unknown };
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' && error instanceof Error && !('code' in error)
    ? Object.assign(error, { code })
    : error;
}

/** @throws Misuse `upload/library-missing` */
export async function loadSigner(): Promise<typeof import('aws4fetch')> {
  try {
    // Inside `try`, bundlers accept that the package is absent.
    return installed(await import('aws4fetch'), 'AwsV4Signer');
  } catch (cause) {
    throw new Misuse('upload/library-missing', undefined, { cause, hint: 'Run `npm install aws4fetch`.' });
  }
}

import type { Readable } from 'node:stream';
import { refusalOf } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { NodeRequest } from '../request/any-request.ts';
import { readStream } from './read-stream.ts';
import { readWebStream } from './read-web-stream.ts';

/** A request of `node:http`, `node:http2` or a framework over them. */
export type NodeUpload = Readable & NodeRequest;

/** What brings a body: a request of Node, or of the Fetch standard. */
export type UploadRequest = NodeUpload | Request;

/** Where chunks come from. One that failed isn't asked again. */
export interface ChunkSource {
  /** The next chunk, or undefined at the end. Rejects if the client went away. */
  next(): Promise<Uint8Array | undefined>;
  /** Reads what the client still sends, within bounds, so that it sees the answer; or tells it to stop. */
  drop(): void;
}

export interface RequestBody extends ChunkSource {
  readonly bytes: number;
}

export interface WaitLimits {
  readonly idleTimeoutMs: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The body of a request, chunk by chunk, with bounded waits. */
export function requestBody(request: UploadRequest, limits: WaitLimits): RequestBody {
  const source = isWebRequest(request) ? readWebStream(request) : readStream(request);
  const { idleTimeoutMs, timeoutMs, signal } = limits;
  let bytes = 0;
  let waited = 0;

  function wait(): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      const started = performance.now();
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        waited += performance.now() - started;
      };
      const abort = (): void => {
        end();
        reject(refusalOf(deny('upload/aborted', { bytes }), signal?.reason));
      };
      const left = timeoutMs - waited;
      const limit = left < idleTimeoutMs ? 'total' : 'idle';
      const timer = setTimeout(
        () => {
          end();
          const milliseconds = limit === 'total' ? timeoutMs : idleTimeoutMs;
          reject(refusalOf(deny('upload/too-slow', { limit, milliseconds })));
        },
        Math.max(0, Math.min(left, idleTimeoutMs)),
      );
      signal?.addEventListener('abort', abort, { once: true });
      source.next().then(
        (chunk) => {
          end();
          bytes += chunk?.byteLength ?? 0;
          resolve(chunk);
        },
        (cause: unknown) => {
          end();
          // A limit of an adapter ends the stream with its own refusal.
          reject(
            isRefusal(cause) || cause instanceof Misuse
              ? cause
              : refusalOf(deny('upload/aborted', { bytes }), cause),
          );
        },
      );
      if (signal?.aborted) abort();
    });
  }

  return {
    get bytes() {
      return bytes;
    },
    next: wait,
    drop: () => source.drop(),
  };
}

export function isWebRequest(request: UploadRequest): request is Request {
  return typeof (request.headers as { get?: unknown }).get === 'function';
}

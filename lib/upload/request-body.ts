import type { Readable } from 'node:stream';
import { refusalOf } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { NodeRequest } from '../request/any-request.ts';
import { readStream } from './read-stream.ts';
import { readWebStream } from './read-web-stream.ts';

/** A request of `node:http`, `node:http2`, or a framework built on them. */
export type NodeUpload = Readable & NodeRequest;

/** A request with a body: of Node, or of the Fetch standard. */
export type UploadRequest = NodeUpload | Request;

export interface RequestBody {
  readonly bytes: number;
  next(): Promise<Uint8Array | undefined>;
  drop(): void;
  /** Stops measuring the waits. */
  close(): void;
}

export interface WaitLimits {
  readonly idleTimeoutMs: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The caller that waits for the next chunk. */
interface Waiter {
  readonly resolve: (chunk: Uint8Array | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** The body of a request, chunk by chunk, with limits on the waits. A chunk creates neither a timer nor a closure. */
export function requestBody(request: UploadRequest, limits: WaitLimits): RequestBody {
  const source = isWebRequest(request) ? readWebStream(request) : readStream(request);
  const { idleTimeoutMs, timeoutMs, signal } = limits;
  let bytes = 0;
  let waited = 0;
  let started = 0;
  let waiter: Waiter | undefined;

  function takeWaiter(): Waiter | undefined {
    const taken = waiter;
    if (taken !== undefined) waited += performance.now() - started;
    waiter = undefined;
    return taken;
  }

  function deliver(chunk: Uint8Array | undefined): void {
    bytes += chunk?.byteLength ?? 0;
    takeWaiter()?.resolve(chunk);
  }

  function fail(cause: unknown): void {
    // An adapter's limit ends the stream with its own refusal.
    const isOurs = isRefusal(cause) || cause instanceof Misuse;
    if (waiter !== undefined)
      takeWaiter()?.reject(isOurs ? cause : refusalOf(deny('upload/aborted', { bytes }), cause));
  }

  function abort(): void {
    fail(signal?.reason);
  }

  function giveUp(limit: 'idle' | 'total', milliseconds: number): void {
    if (waiter !== undefined)
      takeWaiter()?.reject(refusalOf(deny('upload/too-slow', { limit, milliseconds })));
  }

  const idle = setTimeout(() => giveUp('idle', idleTimeoutMs), idleTimeoutMs);
  let total: NodeJS.Timeout | undefined;

  function waitForChunk(resolve: Waiter['resolve'], reject: Waiter['reject']): void {
    waiter = { resolve, reject };
    started = performance.now();
    idle.refresh();
    if (timeoutMs - waited < idleTimeoutMs) {
      clearTimeout(total);
      total = setTimeout(() => giveUp('total', timeoutMs), Math.max(0, timeoutMs - waited));
    }
    source.next().then(deliver, fail);
    if (signal?.aborted) abort();
  }
  signal?.addEventListener('abort', abort);

  return {
    get bytes() {
      return bytes;
    },
    next: () => new Promise(waitForChunk),
    drop: () => source.drop(),
    close() {
      clearTimeout(idle);
      clearTimeout(total);
      signal?.removeEventListener('abort', abort);
    },
  };
}

function isWebRequest(request: UploadRequest): request is Request {
  return typeof (request.headers as { get?: unknown }).get === 'function';
}

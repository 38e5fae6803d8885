import type { Readable } from 'node:stream';
import { Misuse } from '../refusal/misuse.ts';
import type { ChunkSource } from './chunk-source.ts';

/** How much a client may still send after a refusal, so that it reads the answer instead of getting a reset. Beyond that, its connection ends. */
const mostDropped = 16_000_000;
const longestDrop = 5_000;

/**
 * Reads a Node stream chunk by chunk. It doesn't use the async iterator, which destroys the stream when the loop is left early, and with it the
 * connection, before the answer has been sent.
 */
export function readStream(stream: Readable): ChunkSource {
  const isGone = isAborted(stream);
  if (!isGone && (stream.readableEnded || (stream.destroyed && stream.errored === null))) {
    throw new Misuse('upload/body-already-read');
  }
  const queue: Uint8Array[] = [];
  let waiter: { resolve(chunk: Uint8Array | undefined): void; reject(error: unknown): void } | undefined;
  let hasEnded = false;
  let failure: { readonly error: unknown } | undefined;
  let dropped: { bytes: number } | undefined;

  const take = (): typeof waiter => {
    const taken = waiter;
    waiter = undefined;
    return taken;
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    take()?.reject(error);
  };
  const onData = (chunk: Uint8Array | string): void => {
    if (typeof chunk === 'string') {
      fail(new Misuse('upload/body-already-read', 'It is decoded as text: setEncoding() was called.'));
      return;
    }
    if (dropped !== undefined) {
      dropped.bytes += chunk.byteLength;
      if (dropped.bytes > mostDropped) stream.destroy();
      return;
    }
    const taken = take();
    if (taken !== undefined) {
      taken.resolve(chunk);
      return;
    }
    queue.push(chunk);
    stream.pause();
  };
  const onEnd = (): void => {
    hasEnded = true;
    take()?.resolve(undefined);
  };
  // The error listener stays: without one, a later error would crash the process.
  stream.on('error', fail);
  stream.once('end', onEnd);
  stream.once('aborted', () => fail(new Error('The client closed the connection.')));
  stream.once('close', () => hasEnded || fail(new Error('The connection closed.')));
  stream.on('data', onData);
  stream.pause();
  if (stream.destroyed || isGone) fail(stream.errored ?? new Error('The connection closed.'));

  return {
    next() {
      const chunk = queue.shift();
      if (chunk !== undefined) return Promise.resolve(chunk);
      if (failure !== undefined) return Promise.reject(failure.error);
      if (hasEnded) return Promise.resolve(undefined);
      return new Promise((resolve, reject) => {
        waiter = { resolve, reject };
        stream.resume();
      });
    },
    drop() {
      queue.length = 0;
      waiter = undefined;
      if (hasEnded || stream.destroyed || dropped !== undefined) return;
      dropped = { bytes: 0 };
      const timer = setTimeout(() => stream.destroy(), longestDrop);
      timer.unref();
      const clear = (): void => clearTimeout(timer);
      stream.once('end', clear);
      stream.once('close', clear);
      stream.resume();
    },
  };
}

function isAborted(stream: Readable): boolean {
  return stream.readableAborted || (stream as { aborted?: boolean }).aborted === true;
}

import { finished, type Writable } from 'node:stream';

/**
 * Writes a source to a stream at the stream's speed, and ends it. It notices at once if the stream breaks or the program fails, even while the
 * source is silent or the stream accepts nothing. If the source fails before its first chunk, the stream, such as a response, is left for another
 * answer.
 */
export async function pump(
  source: AsyncIterator<Uint8Array>,
  target: Writable,
  until: {
    readonly failed: readonly Promise<unknown>[];
    readonly timeoutMs: number;
    readonly late: () => Error;
  },
): Promise<void> {
  let broken: { readonly error: unknown } | undefined;
  let isDone = false;
  let isEnding = false;
  let wake: (() => void) | undefined;
  const stopListening = finished(target, { readable: false }, (error) => {
    if (error) broken ??= { error };
    else if (isEnding) isDone = true;
    else broken ??= { error: endedBefore() };
    wake?.();
  });
  const give = (error: unknown): void => {
    broken ??= { error };
    wake?.();
  };
  // A reader that accepts nothing more must not keep the program's place in the queue.
  for (const failed of until.failed) failed.catch(give);
  const timer = setTimeout(() => give(until.late()), until.timeoutMs);
  const onDrain = (): void => wake?.();
  target.on('drain', onDrain);

  /** The result of `work`, or the stream's error, whichever comes first. */
  function unlessBroken<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      wake = () => broken && reject(broken.error);
      wake();
      work.then(resolve, reject);
    });
  }

  /** Not by `Promise.race`, which would keep something for each chunk. */
  function waitFor(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      wake = () => (broken ? reject(broken.error) : holds() && resolve());
      wake();
    });
  }

  let isTouched = false;
  try {
    for (;;) {
      const next = await unlessBroken(source.next());
      if (next.done === true) break;
      if (target.writableEnded) throw endedBefore();
      isTouched = true;
      target.write(next.value);
      await waitFor(() => !target.writableNeedDrain);
    }
    if (target.writableEnded) throw endedBefore();
    isTouched = true;
    isEnding = true;
    target.end();
    await waitFor(() => isDone);
  } catch (error) {
    if (isTouched && !target.destroyed) {
      // The caller gets it. Without a listener, the stream's own event would crash this process.
      target.on('error', () => undefined);
      target.destroy(error instanceof Error ? error : undefined);
    }
    throw error;
  } finally {
    clearTimeout(timer);
    stopListening();
    target.off('drain', onDrain);
  }
}

/** Its reader took what came before for the whole, so the rest must not be lost silently. */
function endedBefore(): Error {
  return Object.assign(new Error('The stream was ended before the output of the program.'), {
    code: 'ERR_STREAM_WRITE_AFTER_END',
  });
}

import { finished, type Writable } from 'node:stream';

/**
 * Writes a source to a stream at the stream's speed, and ends it. It notices at once where the stream breaks, also while the source is
 * silent. A source that fails before its first chunk leaves the stream, such as a response, for another answer.
 */
export async function pump(source: AsyncIterator<Uint8Array>, target: Writable): Promise<void> {
  let broken: { readonly error: unknown } | undefined;
  let isDone = false;
  let wake: (() => void) | undefined;
  const stopListening = finished(target, { readable: false }, (error) => {
    if (error) broken = { error };
    else isDone = true;
    wake?.();
  });
  const onDrain = (): void => wake?.();
  target.on('drain', onDrain);

  /** What `work` gives, or the stream's error, whichever is first. */
  function unlessBroken<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      wake = () => broken && reject(broken.error);
      wake();
      work.then(resolve, reject);
    });
  }

  /** Not by `Promise.race`, which would keep something for each chunk. */
  function until(holds: () => boolean): Promise<void> {
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
      isTouched = true;
      target.write(next.value);
      await until(() => !target.writableNeedDrain);
    }
    isTouched = true;
    target.end();
    await until(() => isDone);
  } catch (error) {
    if (isTouched && !target.destroyed) target.destroy(error instanceof Error ? error : undefined);
    throw error;
  } finally {
    stopListening();
    target.off('drain', onDrain);
  }
}

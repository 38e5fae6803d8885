import { Readable, type Writable } from 'node:stream';

/**
 * Writes a source to a program's standard input, at the speed at which the program reads. It ends quietly if the program closes its input or
 * exits. A source that is a stream, such as a request, then stays open, so that an answer can be sent.
 *
 * @returns the source's error, if it failed
 */
export async function feedInput(
  stdin: Writable,
  source: AsyncIterable<Uint8Array | string>,
): Promise<{ readonly error: unknown } | undefined> {
  let wake: (() => void) | undefined;
  stdin.once('close', () => wake?.());
  stdin.on('drain', () => wake?.());
  const iterator =
    source instanceof Readable ? source.iterator({ destroyOnReturn: false }) : source[Symbol.asyncIterator]();
  try {
    while (!stdin.destroyed) {
      const next = await new Promise<IteratorResult<Uint8Array | string> | undefined>((resolve, reject) => {
        wake = () => stdin.destroyed && resolve(undefined);
        Promise.resolve(iterator.next()).then(resolve, reject);
      });
      if (next === undefined || next.done === true) break;
      if (stdin.destroyed || stdin.write(next.value)) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (stdin.destroyed || !stdin.writableNeedDrain) resolve();
      });
    }
    stdin.end();
    return undefined;
  } catch (error) {
    return { error };
  } finally {
    // A generator that waits for its own data ends later, and how it ends no longer matters.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

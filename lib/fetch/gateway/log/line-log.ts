import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';

/** Where lines go. Writing never waits, and never throws; what cannot be written is counted. */
export interface LineLog {
  write(line: string): void;
  /** Opens the file again, as after its rotation. */
  reopen(file: string | undefined): void;
  /** Resolves when what was written has left the process, or after `waitMs`. */
  close(waitMs: number): Promise<void>;
}

/** A reader that has stopped must not fill the memory: about 8,000 lines wait, and those after them are lost. */
const mostWaiting = 4_194_304;
const retryMs = 1_000;
const batchMs = 10;

/** @param lost is told of every line that is lost */
export function createLineLog(file: string | undefined, lost: () => void): LineLog {
  let path = file;
  let stream = open();
  let broken = false;
  let retryAt = 0;
  /** What came since the last write: one for all of them, as each costs more than all else that a line does. */
  let batch: string[] = [];

  function open(): Writable {
    const opened = path === undefined ? process.stdout : createWriteStream(path, { flags: 'a', mode: 0o640 });
    // Also for standard output: a reader that is gone (EPIPE) must not end the process.
    opened.on('error', onError);
    return opened;
  }

  function onError(this: unknown): void {
    if (this !== stream) return;
    broken = true;
    retryAt = Date.now() + retryMs;
  }

  function flush(): void {
    const lines = batch;
    if (lines.length === 0) return;
    batch = [];
    const loseAll = (): void => lines.forEach(lost);
    if (broken && path !== undefined && Date.now() >= retryAt) {
      broken = false;
      stream = open();
    }
    if (broken || stream.destroyed || stream.writableLength > mostWaiting) loseAll();
    else {
      stream.write(lines.join(''), (error) => {
        if (error) loseAll();
      });
    }
  }

  return {
    write(line) {
      if (batch.push(line) === 1) setTimeout(flush, batchMs);
    },
    reopen(next) {
      flush();
      const former = stream;
      const wasFile = path !== undefined;
      path = next;
      broken = false;
      if (path === undefined && !wasFile) return;
      stream = open();
      if (wasFile) former.end();
      else former.off('error', onError).on('error', () => {});
    },
    async close(waitMs) {
      flush();
      if (stream.destroyed || broken) return;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, waitMs);
        const finished = (): void => {
          clearTimeout(timer);
          done();
        };
        if (path === undefined) process.stdout.write('', finished);
        else stream.once('error', finished).end(finished);
      });
      if (path === undefined) stream.off('error', onError);
    },
  };
}

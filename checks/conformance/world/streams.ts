import { setTimeout as wait } from 'node:timers/promises';

/** What is streamed, for `Readable.from` and `ReadableStream.from`. */
export interface Streams {
  chunks(): AsyncGenerator<string>;
  /** Fails after its first chunk. */
  brokenChunks(): AsyncGenerator<string>;
  /** Fails before its first chunk. */
  failingChunks(): AsyncGenerator<string>;
  /** Runs until it is closed. */
  endless(): AsyncGenerator<string>;
  /** How many of those still run. */
  open(): number;
}

/** Far longer than any case waits. */
const most = 4_000;

export function streams(): Streams {
  let open = 0;
  return {
    async *chunks() {
      for (const chunk of ['one ', 'two ', 'three']) {
        yield chunk;
        await wait(2);
      }
    },
    async *brokenChunks() {
      yield 'one ';
      await wait(10);
      throw new Error('hunter2');
    },
    async *failingChunks() {
      yield* await failed();
    },
    async *endless() {
      open++;
      try {
        for (let i = 0; i < most; i++) {
          yield 'x'.repeat(1_000);
          await wait(5);
        }
      } finally {
        open--;
      }
    },
    open: () => open,
  };
}

async function failed(): Promise<string[]> {
  await wait(2);
  throw new Error('hunter2');
}

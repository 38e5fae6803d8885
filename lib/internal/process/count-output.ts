import { type Readable, Transform } from 'node:stream';

export interface OutputCount {
  /** Bytes that have arrived, from all outputs that are counted together. */
  written: number;
  readonly maxBytes: number;
  readonly isStopping: () => boolean;
  /** Called when more than `maxBytes` arrived. */
  readonly onTooMuch: () => void;
}

/** An output of a process, cut at the limit. */
export function countOutput(source: Readable, count: OutputCount): Transform {
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const room = count.maxBytes - count.written;
      count.written += chunk.length;
      if (chunk.length <= room) return done(null, chunk);
      this.push(chunk.subarray(0, Math.max(0, room)));
      done();
      count.onTooMuch();
    },
  });
  // Without a listener, an error of a stream that nobody reads would crash this process.
  counted.on('error', () => undefined);
  source.on('error', () => counted.end());
  // If the reader goes away, the program is stopped. A program that is being stopped may still write while it cleans up.
  counted.once('close', () => (count.isStopping() ? source.resume() : source.destroy()));
  source.pipe(counted);
  return counted;
}

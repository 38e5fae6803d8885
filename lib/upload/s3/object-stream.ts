import { Readable } from 'node:stream';
import type { IdleTimer } from './idle-timer.ts';
import type { S3Client } from './s3-client.ts';

export interface Wanted {
  readonly key: string;
  readonly etag: string;
  readonly start: number;
  readonly end: number;
  /** The size of the whole object. */
  readonly bytes: number;
}

/** The bytes of an object. They are requested when the stream is first read. An answer that is shorter or longer ends it with an error. */
export function objectStream(client: S3Client, wanted: Wanted): Readable {
  const gone = new AbortController();
  const stream = Readable.from(read(client, wanted, gone.signal), { objectMode: false });
  stream.once('close', () => gone.abort());
  return stream;
}

async function* read(
  client: S3Client,
  { key, etag, start, end, bytes }: Wanted,
  gone: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (bytes === 0 || end < start) return;
  const isWhole = start === 0 && end === bytes - 1;
  const answer = await client.send({
    method: 'GET',
    key,
    headers: {
      ...(etag !== '' && { 'if-match': etag }),
      ...(!isWhole && { range: `bytes=${start}-${end}` }),
    },
  });
  gone.addEventListener('abort', answer.timer.abort);
  if (gone.aborted) answer.timer.abort();
  try {
    if (!isWhole && answer.headers.get('content-range') !== `bytes ${start}-${end}/${bytes}`) {
      throw Object.assign(new Error('The service sent another range.'), { code: 'another range' });
    }
    yield* counted(answer.body, end - start + 1, answer.timer);
  } finally {
    gone.removeEventListener('abort', answer.timer.abort);
    answer.timer.abort();
  }
}

async function* counted(
  body: ReadableStream<Uint8Array> | null,
  expected: number,
  timer: IdleTimer,
): AsyncGenerator<Uint8Array> {
  let left = expected;
  for await (const chunk of body ?? []) {
    left -= chunk.byteLength;
    if (left < 0) break;
    // A slow reader is not a slow service.
    timer.stop();
    yield chunk;
    timer.touch();
  }
  if (left !== 0) {
    throw Object.assign(new Error('The service sent another number of bytes.'), { code: 'another length' });
  }
}

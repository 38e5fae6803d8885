import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { S3Client } from './s3-client.ts';

const chunkBytes = 256 * 1024;

/** The most bytes that one request may store (Amazon S3's own limit). */
const mostBytes = 5 * 1024 ** 3;

/**
 * Stores a file with one request: all or nothing. The signature covers the SHA-256 of the bytes, so a service that checks it stores no others; the
 * answer's ETag is compared if it is an MD5.
 */
export async function putFile(
  client: S3Client,
  key: string,
  file: string,
  bytes: number,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (bytes > mostBytes) throw Object.assign(new Error('The file is too large.'), { code: 'EFBIG' });
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { sha256, md5 } = await hashesOf(handle, bytes);
    const answer = await client.send({
      method: 'PUT',
      key,
      headers: {
        ...headers,
        'content-length': String(bytes),
        'content-md5': md5.toString('base64'),
        'x-amz-content-sha256': sha256,
      },
      body: (timer) => streamOf(handle, bytes, timer.touch),
    });
    await answer.drop();
    requireEtag(answer.headers, md5.toString('hex'));
  } finally {
    await handle.close();
  }
}

async function hashesOf(handle: FileHandle, bytes: number): Promise<{ sha256: string; md5: Buffer }> {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  let at = 0;
  for await (const chunk of chunksOf(handle, bytes)) {
    sha256.update(chunk);
    md5.update(chunk);
    at += chunk.byteLength;
  }
  if (at !== bytes) throw new Error(`The record says ${bytes} bytes, and the file has ${at}.`);
  return { sha256: sha256.digest('hex'), md5: md5.digest() };
}

async function* chunksOf(handle: FileHandle, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    // One byte more than expected, to detect a longer file.
    const size = Math.min(chunkBytes, bytes + 1 - at);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(size), 0, size, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
    if (at > bytes) return;
  }
}

/** Read while it is sent, so memory holds only a few chunks. */
function streamOf(handle: FileHandle, bytes: number, touch: () => void): ReadableStream<Uint8Array> {
  const chunks = chunksOf(handle, bytes);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        touch();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** The ETag is the MD5, unless the service encrypts with keys of a key service (RFC 1321; Amazon S3, Common Response Headers). */
function requireEtag(headers: Headers, md5: string): void {
  const encryption = headers.get('x-amz-server-side-encryption');
  const isMd5 = (encryption === null || encryption === 'AES256') && !headers.has(customerKey);
  const etag = /^"?([a-f\d]{32})"?$/.exec(headers.get('etag') ?? '')?.[1];
  if (isMd5 && etag !== undefined && etag !== md5) {
    throw Object.assign(new Error('The service stored other bytes.'), { code: 'ETag differs' });
  }
}

const customerKey = 'x-amz-server-side-encryption-customer-algorithm';

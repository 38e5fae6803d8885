import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileAnswer } from './answer-file.ts';
import { whenGone } from './when-gone.ts';

/**
 * Sends an answer. Resolves when it is sent, or when the client has gone away. A file that became shorter meanwhile closes the
 * connection: a client that waits for the announced length would take the next answer for its rest.
 */
export async function writeFileAnswer(
  res: ServerResponse,
  { status, headers, body }: FileAnswer,
): Promise<void> {
  if (res.destroyed || res.headersSent) {
    body?.destroy();
    return;
  }
  res.statusCode = status;
  for (const [name, value] of headers) res.setHeader(name, value);
  // The application's policy would only ask for reports of what the sandbox blocks.
  if (res.hasHeader('Content-Security-Policy')) res.removeHeader('Content-Security-Policy-Report-Only');
  if (body === undefined) res.end();
  else await writeBody(res, body);
}

async function writeBody(res: ServerResponse, body: Readable): Promise<void> {
  let stop = (): unknown => undefined;
  const gone = new Promise<void>((resolve) => {
    stop = whenGone(res, () => {
      body.destroy();
      // `pipeline` may never settle then. If it does, it has until the next turn to say why.
      setImmediate(resolve);
    });
  });
  try {
    await Promise.race([gone, pipeline(body, wholeBody(Number(res.getHeader('Content-Length'))), res)]);
  } catch (error) {
    // `pipeline` has destroyed the response, so this is for the log alone.
    if (!isGone(error)) throw error;
  } finally {
    stop();
  }
}

/** Passes on a file, and fails if it ends early. */
function wholeBody(announced: number): (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array> {
  return async function* count(source) {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.byteLength;
      yield chunk;
    }
    if (bytes !== announced) throw new Error('The file changed while it was sent.');
  };
}

function isGone(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}

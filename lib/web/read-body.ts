import { enforce, refuse } from '../internal/refuse.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgeAnnouncedBody, judgeBodySoFar } from '../request/announced-body.ts';

/**
 * All of a request's body.
 *
 * @throws Refusal `request/body-too-large`
 * @throws Misuse `request/body-already-read`
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  enforce(judgeAnnouncedBody(request.headers.get('content-length') ?? undefined, maxBytes));
  if (request.bodyUsed) throw new Misuse('request/body-already-read');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    const judged = judgeBodySoFar(bytes, maxBytes);
    if (!judged.allow) refuse(judged);
    chunks.push(chunk);
  }
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

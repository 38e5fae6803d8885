import { refusalOf } from '../internal/refuse.ts';
import { judgeBodySoFar } from '../request/announced-body.ts';

/**
 * The same request, whose body ends with a refusal as its error once it is larger than `maxBodyBytes`. A request that announces
 * its length is left as it is: servers hold clients to it.
 */
export function withBodyLimit(request: Request, maxBodyBytes: number): Request {
  if (request.body === null || request.headers.has('content-length')) return request;
  let bytes = 0;
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        const judged = judgeBodySoFar(bytes, maxBodyBytes);
        if (judged.allow) controller.enqueue(chunk);
        else controller.error(refusalOf(judged));
      },
    }),
  );
  return new Request(request, { body: counted, duplex: 'half' } as RequestInit);
}

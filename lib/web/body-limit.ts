import { refusalOf } from '../internal/refuse.ts';
import { judgeBodySoFar } from '../request/announced-body.ts';

/**
 * The same request, whose body ends with a refusal as its error once it is larger than `maxBodyBytes`. A request that announces
 * its length is left as it is: servers hold clients to it.
 */
export function withBodyLimit(request: Request, maxBodyBytes: number): Request {
  if (request.body === null || request.headers.has('content-length')) return request;
  return new Request(request, { body: limited(request.body, maxBodyBytes), duplex: 'half' } as RequestInit);
}

/**
 * Reads only when asked, and cancels only between reads. Otherwise the fetch of Node 20 throws an exception that no code can catch, if the
 * client ends its body after the cancellation.
 */
function limited(body: ReadableStream<Uint8Array>, most: number): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let reading: Promise<unknown> = Promise.resolve();
  let bytes = 0;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const next = reader.read();
      reading = next;
      const { done, value } = await next;
      if (done) {
        controller.close();
        return;
      }
      bytes += value.byteLength;
      const judged = judgeBodySoFar(bytes, most);
      if (judged.allow) {
        controller.enqueue(value);
        return;
      }
      const refusal = refusalOf(judged);
      controller.error(refusal);
      await reader.cancel(refusal);
    },
    cancel(reason) {
      void reading.then(() => reader.cancel(reason)).catch(() => undefined);
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

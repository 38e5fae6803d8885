import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const limitMs = 15_000;
const limitBytes = 2_000_000;

/** Sends one request unchanged: the path isn't normalised, no redirect is followed, and any header may be set. */
export async function send(
  base: string,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: string | Uint8Array,
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return await new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(
      { hostname, port, method, path, headers: { ...length, ...headers }, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        incoming.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > limitBytes)
            outgoing.destroy(new Error(`${path} answered with more than ${limitBytes} bytes`));
          chunks.push(chunk);
        });
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.setTimeout(limitMs, () =>
      outgoing.destroy(new Error(`${method} ${path} took more than ${limitMs} ms`)),
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

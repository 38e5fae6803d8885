import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { Reply } from './reply.ts';

/** A connection of HTTP/2 without TLS. */
export class Http2Connection {
  readonly session: ClientHttp2Session;

  constructor(url: string) {
    this.session = connect(url);
    this.session.on('error', () => {});
  }

  stream(target: string, headers: OutgoingHttpHeaders = {}, isEnd = true): ClientHttp2Stream {
    const stream = this.session.request(
      { ':path': target, ':authority': 'shop.example', ...headers },
      { endStream: isEnd },
    );
    stream.setTimeout(10_000, () => stream.destroy(new Error('No answer came within 10 s.')));
    return stream;
  }

  async ask(target: string, headers: OutgoingHttpHeaders = {}, body?: string): Promise<Reply> {
    const stream = this.stream(target, headers, body === undefined);
    if (body !== undefined) stream.end(body);
    return this.reply(stream);
  }

  async reply(stream: ClientHttp2Stream): Promise<Reply> {
    const response = once(stream, 'response') as Promise<[Record<string, string | string[]>]>;
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    const [headers] = await response;
    let isComplete = true;
    if (!stream.closed) {
      await once(stream, 'close').catch(() => {
        isComplete = false;
      });
    }
    isComplete &&= stream.rstCode === 0;
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [String(value)]).map((each): readonly [string, string] => [name, each]),
    );
    return new Reply({ status: Number(headers[':status']), text, isComplete, lines });
  }

  destroy(): void {
    this.session.destroy();
  }
}

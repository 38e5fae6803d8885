import { Connection } from './connection.ts';
import { Http2Connection } from './http2-connection.ts';
import { Reply } from './reply.ts';

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Without a length, in pieces. */
  readonly chunks?: readonly string[];
  /** The address that the server sees. 127.0.0.1 is the trusted proxy's. */
  readonly from?: string;
}

/** The running application, as one case meets it. */
export class Site {
  readonly framework: string;
  /** An address that no other case has: limits count by it. */
  readonly address: string;
  readonly #port: number;
  readonly #http2: string | undefined;
  readonly #open: (Connection | Http2Connection)[] = [];

  constructor(
    running: { readonly framework: string; readonly url: string; readonly http2?: string },
    address: string,
  ) {
    this.framework = running.framework;
    this.address = address;
    this.#port = Number(new URL(running.url).port);
    this.#http2 = running.http2;
  }

  /** Sends a request that is valid, over a connection of its own. */
  async ask(target: string, ask: Ask = {}): Promise<Reply> {
    const connection = await this.connect(ask.from);
    connection.write(
      this.request(target, { ...ask, headers: { Connection: 'close', ...ask.headers } }),
      ask.method,
    );
    const answers = (await connection.ended()).filter(({ status }) => status >= 200);
    const [answer] = answers;
    if (answers.length !== 1 || answer === undefined) {
      throw new Error(
        `One answer was expected, and ${answers.length} came: ${JSON.stringify(connection.text.slice(0, 300))}`,
      );
    }
    return new Reply(answer);
  }

  /** The bytes of a request. */
  request(target: string, { method = 'GET', headers = {}, body, chunks }: Ask = {}): Buffer {
    const all: Record<string, string> = { Host: 'shop.example', 'X-Forwarded-For': this.address, ...headers };
    const bytes = Buffer.from(body ?? '');
    if (chunks) all['Transfer-Encoding'] = 'chunked';
    else if (body !== undefined && !('Content-Length' in headers))
      all['Content-Length'] = String(bytes.length);
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
    const pieces = chunks
      ?.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`)
      .join('');
    return Buffer.concat([
      Buffer.from(head, 'latin1'),
      bytes,
      Buffer.from(chunks ? `${pieces}0\r\n\r\n` : ''),
    ]);
  }

  async connect(from?: string): Promise<Connection> {
    const connection = await Connection.open(this.#port, from);
    this.#open.push(connection);
    return connection;
  }

  /** @throws Error where the framework has no HTTP/2 */
  connectHttp2(): Http2Connection {
    if (this.#http2 === undefined) throw new Error('This application has no HTTP/2.');
    const connection = new Http2Connection(this.#http2);
    this.#open.push(connection);
    return connection;
  }

  close(): void {
    for (const connection of this.#open) connection.destroy();
  }
}

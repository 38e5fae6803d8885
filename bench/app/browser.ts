import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const longestAnswer = 65_536;

/** One connection that is kept, with one request at a time, and made again where the server closes it. */
export class Connection {
  readonly #port: number;
  #socket: Socket;

  private constructor(port: number, socket: Socket) {
    this.#port = port;
    this.#socket = socket;
  }

  static async open(port: number): Promise<Connection> {
    return new Connection(port, await socketTo(port));
  }

  close(): void {
    this.#socket.destroy();
  }

  async send(request: Buffer): Promise<Answer> {
    const answer = await exchange(this.#socket, request);
    // `limits(server)` ends a connection after 10,000 requests.
    if (answer.headers.some(([name, value]) => name === 'connection' && value === 'close')) {
      this.#socket.destroy();
      this.#socket = await socketTo(this.#port);
    }
    return answer;
  }
}

function socketTo(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      socket.off('error', reject);
      // It closes next, which the request that is under way is told of.
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

function exchange(socket: Socket, request: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end === -1 && text.length > longestAnswer) done(() => reject(new Error('headers without an end')));
      if (end === -1) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
      if (!(length <= longestAnswer)) done(() => reject(new Error(text.slice(0, end))));
      else if (text.length >= end + 4 + length) done(() => resolve(answerOf(text, end)));
    };
    const closed = (): void => done(() => reject(new Error('The server closed the connection.')));
    const done = (settle: () => void): void => {
      socket.off('data', take).off('close', closed);
      settle();
    };
    socket.on('data', take).on('close', closed);
    if (socket.destroyed) closed();
    else socket.write(request);
  });
}

function answerOf(text: string, end: number): Answer {
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(first.split(' ')[1]), headers, body: text.slice(end + 4) };
}

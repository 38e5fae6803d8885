import { connect, type Socket } from 'node:net';
import { type Answer, readAnswers } from './read-answers.ts';

/** Longer than anything that a case waits for, on a busy machine. */
const patienceMs = 10_000;

/** A connection to a server, over which a case may write anything. */
export class Connection {
  readonly #socket: Socket;
  readonly #methods: string[] = [];
  #text = '';
  #isEnd = false;
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#text += chunk.toString('latin1');
      this.#wake();
    });
    // A connection that is reset has ended too.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#isEnd = true;
      this.#wake();
    });
  }

  /** @param from the address that the server sees */
  static open(port: number, from = '127.0.0.1'): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress: from });
      socket.once('error', reject).once('connect', () => resolve(new Connection(socket)));
    });
  }

  /** Writes a request, or a part of one. @param method of the request that begins here */
  write(text: string | Buffer, method?: string): this {
    if (method !== undefined) this.#methods.push(method);
    if (!this.#socket.destroyed)
      this.#socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
    return this;
  }

  get answers(): readonly Answer[] {
    return readAnswers(this.#text, this.#methods, this.#isEnd);
  }

  get isEnded(): boolean {
    return this.#isEnd;
  }

  /** Everything that came. */
  get text(): string {
    return this.#text;
  }

  /** Waits until so many answers have come whole, or the server has closed the connection. */
  async received(count: number): Promise<readonly Answer[]> {
    await this.#until(`${count} answers`, () => {
      return this.answers.filter(({ isComplete }) => isComplete).length >= count;
    });
    return this.answers;
  }

  /** Waits until something of a body has come. */
  async begun(): Promise<void> {
    await this.#until('an answer', () => this.answers.some(({ text }) => text !== ''));
  }

  /** Waits until the server has closed the connection. */
  async ended(): Promise<readonly Answer[]> {
    await this.#until('the end of the connection', () => this.#isEnd);
    return this.answers;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async #until(what: string, isDone: () => boolean): Promise<void> {
    const late = performance.now() + patienceMs;
    while (!isDone() && !this.#isEnd) {
      const left = late - performance.now();
      if (left <= 0) {
        this.destroy();
        throw new Error(
          `${what} did not come within ${patienceMs} ms, but ${JSON.stringify(this.#text.slice(0, 400))}`,
        );
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

import type { Transform } from 'node:stream';

/** Who watches over a body while it comes. */
export interface BodyWatch {
  /** More came than is allowed. Ends the exchange and gives the error that the reader sees. */
  exceeded(part: 'body' | 'ratio'): unknown;
  /** What the reader sees instead of this error. */
  failed(error: unknown): unknown;
  /** The body was read to its end, given up or broken: nothing more will come. */
  ended(): void;
}

/** The connection that a body comes from. */
export interface BodySource {
  resume(): void;
  /** Closes it. */
  abort(reason: unknown): void;
}

export interface BodyLimits {
  readonly maxBytes: number;
  readonly maxRatio: number;
}

/** Below this a ratio says nothing: an empty table compresses a thousand times. */
const ratioFrom = 1_000_000;
/** How much may lie unread, in bytes. */
const buffered = 65_536;

/**
 * A response's body on its way from the socket to its reader: decoded, counted, and held back where it is not read. It
 * ends the exchange at the first byte past a limit.
 */
export class ResponseBody {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #decoder: Transform | undefined;
  readonly #watch: BodyWatch;
  readonly #limits: BodyLimits;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #arrived = 0;
  #decoded = 0;
  #over = false;

  constructor(decoder: Transform | undefined, limits: BodyLimits, source: BodySource, watch: BodyWatch) {
    this.#decoder = decoder;
    this.#limits = limits;
    this.#watch = watch;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => {
          decoder?.resume();
          source.resume();
        },
        cancel: (reason) => {
          if (this.#finish()) source.abort(reason);
        },
      },
      { highWaterMark: buffered, size: (chunk) => chunk.byteLength },
    );
    decoder
      ?.on('data', (chunk: Uint8Array) => {
        if (!this.#deliver(chunk)) decoder.pause();
      })
      .on('drain', () => source.resume())
      .once('end', () => this.#close())
      .once('error', (error) => {
        source.abort(error);
        this.fail(error);
      });
  }

  /** Takes what came from the socket. False asks for nothing more until `resume`. */
  write(chunk: Uint8Array): boolean {
    if (this.#over) return true;
    this.#arrived += chunk.byteLength;
    return this.#decoder ? this.#decoder.write(chunk) : this.#deliver(chunk);
  }

  /** The socket has no more. */
  end(): void {
    if (this.#decoder) this.#decoder.end();
    else this.#close();
  }

  fail(error: unknown): void {
    const seen = this.#over ? undefined : this.#watch.failed(error);
    if (this.#finish()) this.#controller.error(seen);
  }

  #deliver(chunk: Uint8Array): boolean {
    if (this.#over) return true;
    this.#decoded += chunk.byteLength;
    const part = this.#limitPassed();
    if (part) {
      const error = this.#watch.exceeded(part);
      if (this.#finish()) this.#controller.error(error);
      return true;
    }
    this.#controller.enqueue(chunk);
    return (this.#controller.desiredSize ?? 0) > 0;
  }

  #limitPassed(): 'body' | 'ratio' | undefined {
    if (this.#decoded > this.#limits.maxBytes) return 'body';
    const dense = this.#decoded > ratioFrom && this.#decoded > this.#arrived * this.#limits.maxRatio;
    return this.#decoder && dense ? 'ratio' : undefined;
  }

  #close(): void {
    if (this.#finish()) this.#controller.close();
  }

  /** True the first time. */
  #finish(): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#decoder?.destroy();
    this.#watch.ended();
    return true;
  }
}

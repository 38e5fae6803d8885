import type { Transform } from 'node:stream';
import type { MakeDecoder } from './decoder.ts';
import { SmallPieces } from './small-pieces.ts';

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
  readonly #makeDecoder: MakeDecoder | undefined;
  readonly #watch: BodyWatch;
  readonly #source: BodySource;
  readonly #limits: BodyLimits;
  readonly #pieces = new SmallPieces((piece) => this.#take(piece));
  #decoder: Transform | undefined;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #arrived = 0;
  #decoded = 0;
  /** The socket has given everything. */
  #complete = false;
  #over = false;

  constructor(
    makeDecoder: MakeDecoder | undefined,
    limits: BodyLimits,
    source: BodySource,
    watch: BodyWatch,
  ) {
    this.#makeDecoder = makeDecoder;
    this.#limits = limits;
    this.#source = source;
    this.#watch = watch;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pull(),
        cancel: (reason) => {
          if (this.#finish()) source.abort(reason);
        },
      },
      { highWaterMark: buffered, size: (chunk) => chunk.byteLength },
    );
  }

  /** Takes what came from the socket. False asks for nothing more until `resume`. */
  write(chunk: Uint8Array): boolean {
    if (this.#over) return true;
    this.#arrived += chunk.byteLength;
    this.#pieces.add(chunk);
    if (this.#decoder) return !this.#decoder.writableNeedDrain;
    return this.#room() > this.#pieces.waiting;
  }

  /** The socket has no more. */
  end(): void {
    this.#complete = true;
    this.#pieces.flush();
    if (this.#decoder) this.#decoder.end();
    else this.#close();
  }

  fail(error: unknown): void {
    const seen = this.#over ? undefined : this.#watch.failed(error);
    if (this.#finish()) this.#controller.error(seen);
  }

  #pull(): void {
    this.#decoder?.resume();
    // A decoder that has enough to do asks by itself, when it has done it.
    if (!this.#decoder?.writableNeedDrain) this.#source.resume();
  }

  #take(piece: Uint8Array): void {
    if (this.#over) return;
    if (this.#makeDecoder) {
      this.#decoder ??= this.#watched(this.#makeDecoder(piece));
      this.#decoder.write(piece);
    } else this.#deliver(piece);
  }

  #watched(decoder: Transform): Transform {
    return decoder
      .on('data', (chunk: Uint8Array) => {
        this.#deliver(chunk);
        if (this.#room() <= 0) decoder.pause();
      })
      .on('drain', () => this.#source.resume())
      .once('end', () => {
        // What follows the end of the coded data is nobody's; a server could go on with it for ever.
        const early = !this.#complete && !this.#over;
        this.#close();
        if (early) this.#source.abort(new Error('The coded data has ended.'));
      })
      .on('error', (error) => {
        this.fail(new TypeError('terminated', { cause: error }));
        this.#source.abort(error);
      });
  }

  #deliver(chunk: Uint8Array): void {
    if (this.#over) return;
    this.#decoded += chunk.byteLength;
    const part = this.#limitPassed();
    if (part) {
      const error = this.#watch.exceeded(part);
      if (this.#finish()) this.#controller.error(error);
    } else this.#controller.enqueue(chunk);
  }

  #room(): number {
    return this.#over ? Number.POSITIVE_INFINITY : (this.#controller.desiredSize ?? 0);
  }

  #limitPassed(): 'body' | 'ratio' | undefined {
    if (this.#decoded > this.#limits.maxBytes) return 'body';
    const dense = this.#decoded > ratioFrom && this.#decoded > this.#arrived * this.#limits.maxRatio;
    return this.#makeDecoder && dense ? 'ratio' : undefined;
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

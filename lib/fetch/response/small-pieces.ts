/** What is not handed on at once: a piece as large as this costs little beside its bytes. */
const large = 4_096;
const blockBytes = 16_384;

/**
 * Puts small pieces together. A server may send its body byte by byte, and each piece that is handed on costs a hundred
 * bytes or more: ten million of them would fill the memory, whatever the limit on bytes.
 */
export class SmallPieces {
  readonly #handOn: (piece: Uint8Array) => void;
  /** One small piece alone needs no block. */
  #single: Uint8Array | undefined;
  #block: Uint8Array | undefined;
  #filled = 0;
  #scheduled = false;

  constructor(handOn: (piece: Uint8Array) => void) {
    this.#handOn = handOn;
  }

  /** What waits, in bytes. */
  get waiting(): number {
    return this.#single?.byteLength ?? this.#filled;
  }

  add(part: Uint8Array): void {
    const piece = alone(part);
    if (piece.byteLength >= large) {
      this.flush();
      this.#handOn(piece);
      return;
    }
    if (this.waiting === 0) this.#single = piece;
    else this.#copy(piece);
    // When all that came in one read of the socket was taken.
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.flush();
      });
    }
  }

  flush(): void {
    const piece = this.#single ?? this.#block?.slice(0, this.#filled);
    this.#single = undefined;
    this.#filled = 0;
    if (piece && piece.byteLength > 0) this.#handOn(piece);
  }

  #copy(piece: Uint8Array): void {
    const first = this.#single;
    if (first) {
      this.#single = undefined;
      this.#append(first);
    }
    this.#append(piece);
  }

  #append(piece: Uint8Array): void {
    if (this.#filled + piece.byteLength > blockBytes) this.flush();
    this.#block ??= new Uint8Array(blockBytes);
    this.#block.set(piece, this.#filled);
    this.#filled += piece.byteLength;
  }
}

/** A piece is a part of what one read of the socket brought, and would hold all of that in memory. */
function alone(piece: Uint8Array): Uint8Array {
  return piece.byteLength * 2 < piece.buffer.byteLength ? Uint8Array.prototype.slice.call(piece) : piece;
}

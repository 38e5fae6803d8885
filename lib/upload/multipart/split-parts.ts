import type { Dicer } from '@fastify/busboy';

/** The contents of a body, in order: each part's headers, its bytes, its end. */
export type PartEvent =
  | { readonly kind: 'head'; readonly headers: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'data'; readonly data: Uint8Array }
  | { readonly kind: 'end' };

export interface PartSplitter {
  /** The events that a chunk adds. Undefined if the body is malformed. */
  push(chunk: Uint8Array): readonly PartEvent[] | undefined;
  /** Whether the final boundary has arrived. What follows it is ignored (RFC 2046, 5.1.1). */
  isComplete(): boolean;
}

/** Pieces up to this size may be in a buffer that the splitter reuses. */
const smallPiece = 128;

export interface HeaderLimits {
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
}

/**
 * Splits a body at its boundaries, chunk by chunk and synchronously, so that the reader decides when to read the next chunk. Dicer's streams are
 * not used: their buffers and deferred events would add a second kind of back-pressure.
 */
export function splitParts(
  Splitter: typeof Dicer,
  boundary: string,
  { maxHeaderBytes, maxHeaders }: HeaderLimits,
): PartSplitter {
  let events: PartEvent[] = [];
  let isComplete = false;
  let isBroken = false;
  /** Bytes since the start of a part whose headers have not ended. */
  let headBytes: number | undefined;

  const splitter = new Splitter({
    // The splitter would read `headerFirst` and other options from a polluted prototype.
    __proto__: null,
    boundary,
    // One more than is accepted, to tell a cut block of headers from a complete one.
    maxHeaderPairs: maxHeaders + 1,
    maxHeaderSize: maxHeaderBytes,
  } as Dicer.Config);
  splitter.on('finish', () => {
    isComplete = true;
  });
  splitter.on('error', () => {
    isBroken = true;
  });
  splitter.on('part', (part) => {
    let hasHead = false;
    headBytes = 0;
    part.on('header', (headers: object) => {
      hasHead = true;
      headBytes = undefined;
      events.push({ kind: 'head', headers: headers as Record<string, string[]> });
    });
    part.on('error', () => {});
    part.push = (data: Uint8Array | null) => {
      if (data !== null) {
        events.push({ kind: 'data', data: data.length > smallPiece ? data : Uint8Array.from(data) });
      } else {
        if (hasHead) events.push({ kind: 'end' });
        else isBroken = true;
        // The splitter counts finished parts.
        part.emit('end');
      }
      return true;
    };
  });

  const dashed = Buffer.from(`\r\n--${boundary}-`, 'latin1');
  /** The end of the previous chunks. A boundary at the start of a body needs no line break. */
  let tail: Uint8Array = Buffer.from('\r\n');
  let isDashOpen = false;

  /**
   * Whether a boundary is followed by one dash instead of two. The splitter may or may not take the dashes of two such boundaries for those of the
   * final one, depending on where the chunks start. The inside of a file isn't searched again.
   */
  function hasHalfBoundary(chunk: Uint8Array): boolean {
    const isInside = !isDashOpen && events.length > 0 && events.every(({ kind }) => kind === 'data');
    let isHalf = false;
    if (!isInside) {
      const text = Buffer.concat([tail, chunk]);
      const at = text.indexOf(dashed);
      const next = at === -1 ? undefined : text[at + dashed.length];
      isDashOpen = at !== -1 && next === undefined;
      isHalf = next !== undefined && next !== 0x2d;
    }
    const kept = dashed.length;
    tail = chunk.byteLength >= kept ? chunk.slice(-kept) : Buffer.concat([tail, chunk]).subarray(-kept);
    return isHalf;
  }

  return {
    push(chunk) {
      events = [];
      const wasComplete = isComplete;
      try {
        splitter.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      } catch {
        isBroken = true;
      }
      if (!wasComplete && hasHalfBoundary(chunk)) isBroken = true;
      if (headBytes !== undefined) {
        headBytes += chunk.byteLength;
        // The part may have started anywhere in its first chunk.
        if (headBytes > maxHeaderBytes + 2 * chunk.byteLength) isBroken = true;
      }
      return isBroken ? undefined : events;
    },
    isComplete: () => isComplete,
  };
}

import { describe, expect, it } from 'vitest';
import { SmallPieces } from './small-pieces.ts';

function collected(): { pieces: SmallPieces; got: Uint8Array[] } {
  const got: Uint8Array[] = [];
  return { pieces: new SmallPieces((piece) => got.push(piece)), got };
}

describe('small pieces', () => {
  it('that came in one turn become blocks, byte for byte', async () => {
    const { pieces, got } = collected();
    const sent = Buffer.from(Array.from({ length: 50_000 }, (_, i) => i % 251));
    for (const byte of sent) pieces.add(Uint8Array.of(byte));
    await Promise.resolve();
    expect(Buffer.concat(got)).toEqual(sent);
    expect(got.length).toBeLessThan(6);
  });

  it('keep their order among large ones', async () => {
    const { pieces, got } = collected();
    const parts = [1, 5_000, 2, 3, 20_000, 4_095, 4_096, 1].map((size, i) => Buffer.alloc(size, i));
    for (const part of parts) pieces.add(part);
    await Promise.resolve();
    expect(Buffer.concat(got)).toEqual(Buffer.concat(parts));
  });

  it('are handed on as they are where one came alone, and do not hold what came beside them', async () => {
    const { pieces, got } = collected();
    const piece = Uint8Array.from([1, 2, 3, 4, 5]);
    pieces.add(piece);
    expect(pieces.waiting).toBe(5);
    await Promise.resolve();
    expect(got[0]).toBe(piece);
    expect(pieces.waiting).toBe(0);
    pieces.flush();
    expect(got.length).toBe(1);
    const read = new Uint8Array(65_536).fill(7);
    pieces.add(read.subarray(0, 1));
    pieces.add(read.subarray(0, 5_000));
    pieces.flush();
    expect(got.slice(1).map((part) => part.buffer.byteLength)).toEqual([1, 5_000]);
  });
});

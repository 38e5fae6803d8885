import { Dicer } from '@fastify/busboy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../../../checks/upload/fuzz-cases.ts';
import { recordedBodies } from '../../../checks/upload/recorded-bodies.ts';
import { splitParts } from './split-parts.ts';

const limits = { maxHeaderBytes: 8_192, maxHeaders: 16 };

/** The parts of a body as text; undefined if it is malformed. */
function partsOf(body: Buffer, boundary: string, chunkBytes: number): readonly string[] | undefined {
  const splitter = splitParts(Dicer, boundary, limits);
  const parts: string[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const events = splitter.push(body.subarray(at, at + chunkBytes));
    if (events === undefined) return undefined;
    for (const event of events) {
      if (event.kind === 'head') parts.push(`${JSON.stringify(event.headers)}\n`);
      else parts[parts.length - 1] += event.kind === 'end' ? '!' : Buffer.from(event.data).toString('latin1');
    }
  }
  return splitter.isComplete() ? parts : undefined;
}

const cases = fc.constantFrom(...recordedBodies).chain(({ contentType, body }) => {
  const boundary = contentType.slice(contentType.indexOf('=') + 1);
  const inserted = fc.constantFrom('', `\r\n--${boundary}`, `--${boundary}--`, `\r\n--${boundary}-`);
  const changed = fc
    .tuple(mutated(Buffer.from(body, 'base64')), inserted, fc.nat())
    .map(([bytes, more, place]) => {
      const at = place % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(more), bytes.subarray(at)]);
    });
  return fc.record({
    boundary: fc.constant(boundary),
    body: changed,
    chunkBytes: fc.integer({ min: 1, max: 90 }),
  });
});

describe('splitParts', () => {
  it('returns the same parts however the body is cut into chunks', () => {
    const property = fc.property(cases, ({ body, boundary, chunkBytes }) => {
      expect(partsOf(body, boundary, chunkBytes)).toEqual(partsOf(body, boundary, body.length));
    });
    fc.assert(property, { numRuns: 3_000, seed: 31 });
  });

  it.each(['--b-\r\n--b-', '--b-\r\n--b--', '--b-x\r\n--b--'])(
    'takes no half boundary for a whole one: %j',
    (end) => {
      const body = Buffer.from(`--b\r\nX: y\r\n\r\nz\r\n${end}`);
      for (let chunkBytes = 1; chunkBytes <= body.length; chunkBytes++) {
        expect(partsOf(body, 'b', chunkBytes)).toBeUndefined();
      }
      expect(partsOf(Buffer.from('--b\r\nX: y\r\n\r\nz--b-\r\n--b--'), 'b', 5)).toEqual([
        '{"x":["y"]}\nz--b-!',
      ]);
    },
  );

  it('ends each part of a complete body', () => {
    for (const { contentType, body } of recordedBodies) {
      const parts = partsOf(Buffer.from(body, 'base64'), contentType.slice(contentType.indexOf('=') + 1), 7);
      expect(parts?.length).toBeGreaterThan(1);
      expect(parts?.every((part) => part.endsWith('!'))).toBe(true);
    }
  });
});

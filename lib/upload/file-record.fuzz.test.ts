import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFileId, isFileId } from './file-id.ts';
import { readRecord, writeRecord } from './file-record.ts';
import { objectHeaders, recordOfObject } from './s3/object-record.ts';

const record = fc.record({
  id: fc.constant('').map(() => createFileId()),
  field: fc.string({ unit: 'binary', maxLength: 60 }),
  name: fc.string({ unit: 'binary', maxLength: 200 }).map((name) => name.toWellFormed()),
  type: fc.constantFrom('image/png', 'application/octet-stream'),
  extension: fc.constantFrom('png', ''),
  bytes: fc.maxSafeNat(),
  uploadedAt: fc.constant('2026-12-01T12:00:00.000Z'),
  status: fc.constantFrom('ready' as const, 'quarantined' as const),
});

it('a record is read back as it was written, whatever the name', () => {
  fc.assert(
    fc.property(record, (one) => {
      expect(readRecord(writeRecord(one), one.id, one.status)).toEqual(one);
    }),
  );
});

it('a record fits into the metadata of an object, and is read back from it', () => {
  fc.assert(
    fc.property(record, (one) => {
      const short = {
        ...one,
        name: one.name.slice(0, 100).toWellFormed(),
        field: one.field.slice(0, 20).toWellFormed(),
      };
      const headers = new Headers(objectHeaders(short));
      expect(recordOfObject(headers, short.id, short.status)).toEqual(short);
    }),
  );
});

it('anything else is no record', () => {
  const id = createFileId();
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(readRecord(text, id, 'ready')).toBeUndefined();
    }),
  );
});

it('an id has one form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 20, maxLength: 30 }), (text) => {
      expect(isFileId(text)).toBe(/^[a-z2-7]{26}$/.test(text) && text.length === 26);
    }),
  );
  expect(new Set(Array.from({ length: 1_000 }, createFileId)).size).toBe(1_000);
});

import { type ByteReader, integer } from '../binary/byte-reader.ts';

type Reader = ByteReader<Uint8Array>;

/** The next value. */
export function readMsgpack(reader: Reader): unknown {
  const type = reader.uint8();
  if (type < 0x80) return type;
  if (type < 0x90) return mapOf(reader, type & 0x0f);
  if (type < 0xa0) return listOf(reader, type & 0x0f);
  if (type < 0xc0) return reader.text(type & 0x1f);
  if (type >= 0xe0) return type - 0x100;
  const read = byType[type - 0xc0];
  return read === undefined ? reader.invalid('a type that does not exist') : read(reader);
}

/** From 0xc0 to 0xdf. 0xc1 is never used. */
const byType: readonly (((reader: Reader) => unknown) | undefined)[] = [
  () => null,
  undefined,
  () => false,
  () => true,
  (reader) => reader.bytes(reader.uint8()),
  (reader) => reader.bytes(reader.uint16()),
  (reader) => reader.bytes(reader.uint32()),
  (reader) => extension(reader, reader.uint8()),
  (reader) => extension(reader, reader.uint16()),
  (reader) => extension(reader, reader.uint32()),
  (reader) => reader.float32(),
  (reader) => reader.float64(),
  (reader) => reader.uint8(),
  (reader) => reader.uint16(),
  (reader) => reader.uint32(),
  (reader) => integer(reader.uint64()),
  (reader) => reader.int8(),
  (reader) => reader.int16(),
  (reader) => reader.int32(),
  (reader) => integer(reader.int64()),
  (reader) => extension(reader, 1),
  (reader) => extension(reader, 2),
  (reader) => extension(reader, 4),
  (reader) => extension(reader, 8),
  (reader) => extension(reader, 16),
  (reader) => reader.text(reader.uint8()),
  (reader) => reader.text(reader.uint16()),
  (reader) => reader.text(reader.uint32()),
  (reader) => listOf(reader, reader.uint16()),
  (reader) => listOf(reader, reader.uint32()),
  (reader) => mapOf(reader, reader.uint16()),
  (reader) => mapOf(reader, reader.uint32()),
];

function listOf(reader: Reader, length: number): unknown[] {
  return reader.list(length, () => readMsgpack(reader));
}

function mapOf(reader: Reader, length: number): object {
  return reader.map(length, () => readMsgpack(reader));
}

function extension(reader: Reader, length: number): unknown {
  return reader.handled(reader.int8(), 'an extension type', () => reader.bytes(length));
}

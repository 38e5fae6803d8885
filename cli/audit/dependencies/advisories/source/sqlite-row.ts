export type SqliteValue = string | number | null | Buffer;

const mostColumns = 100;

/** The bytes of numbers by their type in the header of a row; 7 is a float. */
const widths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

/**
 * The values of a row.
 *
 * https://www.sqlite.org/fileformat2.html#record_format
 *
 * @throws {Error} for a row that is broken
 */
export function readSqliteRow(bytes: Buffer): readonly SqliteValue[] {
  const [headerSize, first] = varint(bytes, 0);
  if (headerSize > bytes.length) throw new Error('is broken: a row');
  const values: SqliteValue[] = [];
  let at = headerSize;
  for (let place = first; place < headerSize; ) {
    const [type, after] = varint(bytes, place);
    place = after;
    if (values.length === mostColumns) throw new Error('has a row with too many columns');
    if (type === 10 || type === 11) throw new Error('is broken: a row');
    const width = widths[type] ?? Math.floor((type - 12) / 2);
    if (at + width > bytes.length) throw new Error('is broken: a row');
    values.push(readValue(bytes, at, type, width));
    at += width;
  }
  return values;
}

function readValue(bytes: Buffer, at: number, type: number, width: number): SqliteValue {
  if (type === 0) return null;
  if (type < 7) return type === 6 ? Number(bytes.readBigInt64BE(at)) : bytes.readIntBE(at, width);
  if (type === 7) return bytes.readDoubleBE(at);
  if (type < 10) return type - 8;
  const value = bytes.subarray(at, at + width);
  return type % 2 === 1 ? value.toString('utf8') : value;
}

/** A number of up to nine bytes, and where it ends. */
export function varint(bytes: Buffer, at: number): readonly [number, number] {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) throw new Error('is broken: a number');
    if (index === 8) return [value * 256 + byte, at + 9];
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, at + index + 1];
  }
  throw new Error('is broken: a number');
}

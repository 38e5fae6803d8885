import { type ByteReader, integer } from '../binary/byte-reader.ts';

type Reader = ByteReader<unknown>;

/** The next value: three bits of major type, five of additional information (RFC 8949, section 3). */
export function readCbor(reader: Reader): unknown {
  const first = reader.uint8();
  const info = first & 0x1f;
  switch (first >> 5) {
    case 0:
      return argument(reader, info);
    case 1:
      return negative(argument(reader, info));
    case 2:
      return reader.bytes(length(reader, info));
    case 3:
      return reader.text(length(reader, info));
    case 4:
      return reader.list(length(reader, info), () => readCbor(reader));
    case 5:
      return reader.map(length(reader, info), () => readCbor(reader));
    case 6:
      return tagged(reader, length(reader, info));
    default:
      return simple(reader, info);
  }
}

function argument(reader: Reader, info: number): number | bigint {
  if (info < 24) return info;
  if (info === 24) return reader.uint8();
  if (info === 25) return reader.uint16();
  if (info === 26) return reader.uint32();
  if (info === 27) return integer(reader.uint64());
  return info === 31
    ? reader.notAllowed('an indefinite length')
    : reader.invalid('a type that does not exist');
}

function negative(value: number | bigint): number | bigint {
  return typeof value === 'number' && value < Number.MAX_SAFE_INTEGER
    ? -1 - value
    : integer(-1n - BigInt(value));
}

function length(reader: Reader, info: number): number {
  const value = argument(reader, info);
  return typeof value === 'number' ? value : reader.invalid('a length beyond the end');
}

function tagged(reader: Reader, tag: number): unknown {
  return reader.nested(() => reader.handled(tag, 'a tag', () => readCbor(reader)));
}

function simple(reader: Reader, info: number): unknown {
  switch (info) {
    case 20:
      return false;
    case 21:
      return true;
    case 22:
      return null;
    case 25:
      return reader.finite(half(reader.uint16()));
    case 26:
      return reader.float32();
    case 27:
      return reader.float64();
    case 23:
      return reader.notAllowed('undefined');
    default:
      return info < 25 ? reader.notAllowed('a simple value') : reader.invalid('a type that does not exist');
  }
}

/** IEEE 754 binary16 (RFC 8949, appendix D). */
function half(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent !== 31) return sign * (mantissa + 1024) * 2 ** (exponent - 25);
  return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
}

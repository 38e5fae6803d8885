import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';

/**
 * Reads MessagePack's timestamp, extension type -1, into a Date. Anything finer than a millisecond is dropped.
 *
 * @throws Refusal `parse/invalid-syntax` for another length, more than a second of nanoseconds, or a year that Date lacks
 */
export function timestamp(data: Uint8Array): Date {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [seconds, nanoseconds] = parts(view);
  const date = new Date(seconds * 1_000 + Math.floor(nanoseconds / 1_000_000));
  if (nanoseconds >= 1_000_000_000 || Number.isNaN(date.getTime())) invalid();
  return date;
}

function parts(view: DataView): readonly [seconds: number, nanoseconds: number] {
  switch (view.byteLength) {
    case 4:
      return [view.getUint32(0), 0];
    case 8:
      return [Number(view.getBigUint64(0) & 0x3_ffff_ffffn), view.getUint32(0) >>> 2];
    case 12:
      return [Number(view.getBigInt64(4)), view.getUint32(0)];
    default:
      return invalid();
  }
}

function invalid(): never {
  refuse(deny('parse/invalid-syntax', { format: 'msgpack', reason: 'an invalid timestamp' }));
}

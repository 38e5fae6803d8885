import { wholeNumber } from './whole-number.ts';

/** Limits of one request. Bytes and milliseconds. */
export interface UploadLimits {
  /** One file, where its field has no `maxBytes` of its own. Default: 10,000,000. */
  readonly maxFileBytes?: number;
  /** All text fields. Default: 100. */
  readonly maxFields?: number;
  /** The value of one text field. Default: 100,000. */
  readonly maxFieldBytes?: number;
  /** The values of all text fields together. Default: 1,000,000. */
  readonly maxFieldsBytes?: number;
  /** The name of a field, in UTF-8. Default: 100. */
  readonly maxFieldNameBytes?: number;
  /** The name of a file, in UTF-8. Default: 1,024. */
  readonly maxFileNameBytes?: number;
  /** The whole body. Default: the sum of the other limits. */
  readonly maxBytes?: number;
  /** The longest wait for more bytes. Default: 30,000. */
  readonly idleTimeoutMs?: number;
  /** All waits for the client together. Default: 300,000. */
  readonly timeoutMs?: number;
}

type Limit = Exclude<keyof UploadLimits, 'maxBytes'>;

/** The default, the least and the most of each. */
const limits: Readonly<Record<Limit, readonly [number, number, number]>> = {
  maxFileBytes: [10_000_000, 1, 1_000_000_000_000],
  maxFields: [100, 0, 10_000],
  maxFieldBytes: [100_000, 1, 100_000_000],
  maxFieldsBytes: [1_000_000, 1, 100_000_000],
  maxFieldNameBytes: [100, 1, 1_000],
  maxFileNameBytes: [1_024, 1, 4_096],
  idleTimeoutMs: [30_000, 1, 3_600_000],
  timeoutMs: [300_000, 1, 86_400_000],
};

export const limitNames = Object.freeze(Object.keys(limits)) as readonly Limit[];

/** The limits with their defaults. @throws Misuse `bulwark/invalid-option` */
export function readLimits(own: UploadLimits): Readonly<Record<Limit, number>> {
  const read = limitNames.map((name) => {
    const [usual, least, most] = limits[name];
    return [name, own[name] === undefined ? usual : wholeNumber(name, own[name], least, most)];
  });
  return Object.freeze(Object.fromEntries(read));
}

import { knownOptions } from '../../internal/known-options.ts';
import type { StandardSchema } from '../../internal/standard-schema.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readSchema } from '../apply-schema.ts';
import { limit } from '../limit.ts';

/** The options that MessagePack and CBOR share. */
export interface BinaryOptions<T = unknown> {
  /** Validates the parsed value, and gives the result its type. It must be synchronous. */
  readonly schema?: StandardSchema<T>;
  /** The most bytes. 1,000,000 by default. */
  readonly maxBytes?: number;
  /** How deep arrays and maps may be nested. 64 by default, at most 500. */
  readonly maxDepth?: number;
  /** The most entries of all maps together. 100,000 by default. */
  readonly maxKeys?: number;
  /** The most items of all arrays together. 100,000 by default. */
  readonly maxItems?: number;
  /** Turns every map into a `Map`, whose keys may be strings and integers. By default a map becomes an object, and only strings are keys. */
  readonly maps?: boolean;
  /** Accepts NaN and infinities. They are refused by default, because comparisons with them are surprising. */
  readonly allowNonFinite?: boolean;
}

/** Converts the content of an extension or a tag to a value. */
export type Handler<In> = (content: In) => unknown;

export interface BinaryPolicy<In> {
  readonly format: string;
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxKeys: number;
  readonly maxItems: number;
  readonly maps: boolean;
  readonly allowNonFinite: boolean;
  readonly handlers: ReadonlyMap<number, Handler<In>>;
}

const names = ['schema', 'maxBytes', 'maxDepth', 'maxKeys', 'maxItems', 'maps', 'allowNonFinite'] as const;

/**
 * @param handlerOption the name of the option that lists extensions or tags
 * @throws Misuse `bulwark/invalid-option`
 */
export function binaryOptions<In, T>(
  format: string,
  options: BinaryOptions<T>,
  handlerOption: string,
  [least, most]: readonly [number, number],
): readonly [policy: BinaryPolicy<In>, schema: StandardSchema<T> | undefined] {
  const own = knownOptions(options as BinaryOptions<T> & Record<string, unknown>, [...names, handlerOption]);
  const policy: BinaryPolicy<In> = {
    format,
    maxBytes: limit('maxBytes', own.maxBytes, 1_000_000, 1, 1e9),
    maxDepth: limit('maxDepth', own.maxDepth, 64, 0, 500),
    maxKeys: limit('maxKeys', own.maxKeys, 100_000),
    maxItems: limit('maxItems', own.maxItems, 100_000),
    maps: flag('maps', own.maps),
    allowNonFinite: flag('allowNonFinite', own.allowNonFinite),
    handlers: handlersOf(handlerOption, own[handlerOption] ?? {}, least, most),
  };
  return [policy, readSchema(own.schema)];
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw new Misuse('bulwark/invalid-option', `${name} is true or false.`);
}

function handlersOf<In>(
  option: string,
  record: unknown,
  least: number,
  most: number,
): ReadonlyMap<number, Handler<In>> {
  const isRecord = typeof record === 'object' && record !== null && !Array.isArray(record);
  const entries: [string, unknown][] = isRecord ? Object.entries(record) : [];
  const valid = entries.every(([key, handler]) => {
    const number = Number(key);
    return (
      String(number) === key &&
      Number.isInteger(number) &&
      number >= least &&
      number <= most &&
      typeof handler === 'function'
    );
  });
  if (isRecord && valid)
    return new Map(entries.map(([key, handler]) => [Number(key), handler as Handler<In>]));
  throw new Misuse(
    'bulwark/invalid-option',
    `${option} takes functions by number, such as { [${least < 0 ? -1 : 1}]: read }.`,
  );
}

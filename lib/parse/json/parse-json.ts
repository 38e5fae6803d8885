import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { applySchema } from '../apply-schema.ts';
import { inputText } from '../input-text.ts';
import { positionAt } from '../position.ts';
import { shownKey } from '../shown-key.ts';
import { countKeys } from './count-keys.ts';
import { defaults, type JsonLimits, type JsonOptions, type JsonPolicy, jsonPolicy } from './json-options.ts';
import { JsonStop } from './json-stop.ts';
import { dangerousKeyIn, halfPairIn } from './judge-names.ts';
import { judgeValue } from './judge-value.ts';
import { readJson } from './read-json.ts';

const format = 'json';

/**
 * Parses JSON as RFC 8259 defines it, within limits, and refuses whatever parsers read differently (I-JSON, RFC 7493).
 *
 * Names that occur twice, `__proto__`, `constructor` with `prototype` below it, half a surrogate pair, and a number that overflows are refused,
 * however they are escaped. Integers beyond 2^53 - 1 become bigints, exactly. Everything else is as `JSON.parse` returns it. `JSON.parse` does the
 * work; a walk and a count check it in linear time.
 *
 * @param input a string, or UTF-8 as a Uint8Array. A byte order mark at its start is skipped.
 * @returns the schema's output; `unknown` without a schema
 * @throws Refusal `parse/*`: 413 for too many bytes, 422 for data that its schema refuses, else 400
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseJson } from 'bulwark/parse';
 * import { z } from 'zod';
 *
 * const order = parseJson('{ "id": 7, "note": "ring twice" }', { schema: z.object({ id: z.number(), note: z.string() }) });
 * order.id; // 7
 * parseJson('{ "id": 9007199254740993 }'); // { id: 9007199254740993n }
 * parseJson('{ "role": "user", "role": "admin" }'); // Refusal parse/duplicate-key
 * ```
 */
export function parseJson<T>(input: string | Uint8Array, options: JsonOptions<T>): T;
export function parseJson(input: string | Uint8Array, options?: JsonOptions): unknown;
export function parseJson(input: string | Uint8Array, options?: JsonOptions): unknown {
  const policy: JsonPolicy<unknown> = options === undefined ? defaults : jsonPolicy(options);
  const text = inputText(input, policy.maxBytes, format);
  return applySchema(policy.schema, parsed(text, policy), format);
}

function parsed(text: string, limits: JsonLimits): unknown {
  const value = parseAny(text, limits);
  const { maxDepth, maxKeys, maxItems } = limits;
  const facts = judgeValue(value, maxDepth, hasPollution());
  if (facts.depth > maxDepth) refuse(deny('parse/too-deep', { format, maxDepth }));
  if (facts.keys > maxKeys) refuse(deny('parse/too-many', { format, what: 'maxKeys', most: maxKeys }));
  if (facts.items > maxItems) refuse(deny('parse/too-many', { format, what: 'maxItems', most: maxItems }));
  refuseNames(text, value);
  if (facts.keys > 0 && countKeys(text) !== facts.keys) readAgain(text, limits);
  return facts.largeNumber ? readAgain(text, limits) : value;
}

function parseAny(text: string, limits: JsonLimits): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return readAgain(text, limits);
  }
}

/** Only text that can contain such names and pairs is searched for them: few texts have these words, or escape a letter. */
function refuseNames(text: string, value: unknown): void {
  const escapes = text.includes('\\u');
  if (text.includes('__proto__') || text.includes('constructor') || (escapes && escapedLetter.test(text))) {
    const key = dangerousKeyIn(value);
    if (key !== undefined) refuse(deny('parse/dangerous-key', { format, key }));
  }
  if (escapes && escapedSurrogate.test(text) && halfPairIn(value)) {
    refuse(deny('parse/invalid-text', { format, reason: 'half a surrogate pair' }));
  }
}

const escapedLetter = /\\u00[4-7]/i;
const escapedSurrogate = /\\u[dD][89a-fA-F]/;

/** The second reader: it knows positions, and keeps integers as written. */
function readAgain(text: string, limits: JsonLimits): unknown {
  // Without bigints, even the shortest integer beyond 2^53 - 1 has too many digits.
  const digits = limits.bigints === 'keep' ? limits.maxIntegerDigits : 0;
  try {
    return readJson(text, digits);
  } catch (cause) {
    if (!(cause instanceof JsonStop)) throw cause;
    const { kind, reason, offset } = cause.problem;
    const position = positionAt(text, offset);
    if (kind === 'duplicate')
      refuse(deny('parse/duplicate-key', { format, key: shownKey(reason), ...position }));
    if (kind === 'number') refuse(deny('parse/invalid-number', { format, reason, ...position }));
    refuse(deny('parse/invalid-syntax', { format, reason, ...position }));
  }
}

/** Whether objects inherit properties that `for in` would count. */
function hasPollution(): boolean {
  for (const _ in {}) return true;
  return false;
}

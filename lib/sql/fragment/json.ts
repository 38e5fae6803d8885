import { nestsTooDeep } from '../../internal/nests-too-deep.ts';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { fragment, type Sql } from '../query.ts';

/**
 * Binds a value as JSON, for a column of type `json` or `jsonb`. Use it to store an object on purpose.
 *
 * Throws a Refusal for `undefined`, for text that `jsonb` cannot hold (NUL, lone surrogates), for NaN and
 * infinite numbers, which JSON would write as `null`, and for values nested deeper than 10,000 levels; before
 * Node 26 already for some thousands, where JSON.stringify fails.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * sql`update users set settings = ${sql.json({ theme: 'dark' })} where id = ${7}`;
 * // update users set settings = $1 where id = $2, with '{"theme":"dark"}' and 7
 * ```
 */
export function json(value: unknown): Sql {
  if (value === undefined) return refuse(deny('sql/missing-value', { type: 'undefined' }));
  const text = write(value);
  if (unstorable.test(text)) {
    return refuse(deny('sql/unstorable-text', { type: 'escape in JSON' }));
  }
  return fragment({ kind: 'json', value: text });
}

function write(value: unknown): string {
  let text: string | undefined;
  let infinite = false;
  try {
    text = JSON.stringify(value);
    // JSON.parse makes Infinity of 1e999. It is written as null, so that other texts need no second look.
    if (text?.includes('null')) {
      text = JSON.stringify(value, (_, item: unknown) => {
        infinite ||= typeof item === 'number' && !Number.isFinite(item);
        return item;
      });
    }
  } catch (cause) {
    // JSON.parse takes any depth and JSON.stringify does not, so a client can send what cannot be written.
    if (cause instanceof RangeError) return refuseDepth();
    throw new Misuse('sql/unsupported-value', 'It cannot be written as JSON.', { cause });
  }
  if (infinite) return refuse(deny('sql/invalid-value', { type: 'not a finite number in JSON' }));
  if (text === undefined) throw new Misuse('sql/unsupported-value', `It is a ${typeof value}.`);
  return nestsTooDeep(value, text) ? refuseDepth() : text;
}

function refuseDepth(): never {
  return refuse(deny('sql/invalid-value', { type: 'nested too deep' }));
}

/**
 * The escapes that JSON.stringify writes for NUL and for halves of surrogate pairs; whole pairs it writes as they are.
 * An even number of backslashes in front is text about an escape, not one. Linear, because a match can only start
 * behind something that is not a backslash.
 */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

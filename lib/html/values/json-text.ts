import { nestsTooDeep } from '../../internal/nests-too-deep.ts';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { isPromise } from './write-text.ts';

/**
 * JSON for the inside of a `<script>` that is data. A script's text is not decoded, so only JSON's own escapes can
 * keep `</script` and `<!--` out of it; `JSON.parse` gives back what was put in, as far as
 * JSON can hold it: NaN and Infinity come back as null, a big integer as a string, -0 as 0, a Date as a string, a Map as an empty object. U+2028 and U+2029 are escaped for
 * those who paste the text into JavaScript, and `&` for those whose script ends up inside `<svg>`.
 */
export function jsonText(value: unknown): string {
  let text: string | undefined;
  try {
    requireNoPromise('', value);
    text = stringify(value);
    // What a promise within is written as. A second walk costs nothing where there is none.
    if (text?.includes('{}')) JSON.stringify(value, requireNoPromise);
  } catch (cause) {
    // A client can nest deeper than JSON.stringify follows: JSON.parse has no such bound.
    if (cause instanceof RangeError) refuseDepth(cause);
    if (cause instanceof Misuse) throw cause;
    throw new Misuse('html/invalid-value', 'A value in a JSON script has no JSON.', {
      cause,
      hint: jsonHint,
    });
  }
  if (text === undefined) {
    throw new Misuse('html/invalid-value', `A ${typeof value} has no JSON.`, { hint: jsonHint });
  }
  if (nestsTooDeep(value, text)) refuseDepth();
  return text.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Big integers become strings, since a number of JSON is read back with 53 bits. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError || error instanceof Misuse) throw error;
    return JSON.stringify(value, (_name, one) => (typeof one === 'bigint' ? String(one) : one));
  }
}

function refuseDepth(cause?: RangeError): never {
  return refuse(deny('html/not-text', { place: 'a JSON script', type: 'Object' }), cause);
}

function requireNoPromise(_name: string, value: unknown): unknown {
  if (!isPromise(value)) return value;
  throw new Misuse('html/invalid-value', 'A promise has no JSON.', { hint: 'Await it before the template.' });
}

const jsonHint =
  'Give the hole null, a boolean, a number, a string, or arrays and plain objects of these. A value that refers to ' +
  'itself has no JSON.';

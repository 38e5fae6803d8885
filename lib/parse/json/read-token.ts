import { JsonStop } from './json-stop.ts';

interface Token<T> {
  readonly value: T;
  /** The offset after it. */
  readonly end: number;
}

/** @param start of its opening quote */
export function readString(text: string, start: number): Token<string> {
  for (let i = start + 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22) return { value: JSON.parse(text.slice(start, i + 1)) as string, end: i + 1 };
    if (unit < 0x20) throw new JsonStop('syntax', 'expected an escape for a control character', i);
    if (unit !== 0x5c) continue;
    anEscape.lastIndex = i;
    if (!anEscape.test(text)) throw new JsonStop('syntax', 'expected a valid escape', i);
    i = anEscape.lastIndex - 1;
  }
  throw new JsonStop('syntax', 'expected the closing quote of a string', text.length);
}

const anEscape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const aNumber = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export function readNumber(text: string, start: number, maxIntegerDigits: number): Token<number | bigint> {
  aNumber.lastIndex = start;
  if (!aNumber.test(text)) throw new JsonStop('syntax', 'expected a value', start);
  const end = aNumber.lastIndex;
  const written = text.slice(start, end);
  const value = Number(written);
  if (/[.eE]/.test(written)) {
    if (Number.isFinite(value)) return { value, end };
    throw new JsonStop('number', 'it overflows to infinity', start);
  }
  if (Number.isSafeInteger(value)) return { value, end };
  if (written.replace('-', '').length > maxIntegerDigits) {
    throw new JsonStop('number', 'an integer with more digits than maxIntegerDigits', start);
  }
  return { value: BigInt(written), end };
}

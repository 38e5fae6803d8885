import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { inputText } from '../input-text.ts';

export interface Pair {
  readonly name: string;
  readonly value: string;
  /** From 1, in the input; for URLSearchParams, the number of the pair. */
  readonly column: number;
}

export type FormInput = string | Uint8Array | URLSearchParams;

/** The decoded pairs, in order. Only `&` separates them, and `+` is a space (WHATWG URL, application/x-www-form-urlencoded). */
export function* readPairs(input: FormInput, maxBytes: number, format: string): Generator<Pair> {
  if (input instanceof URLSearchParams) {
    inputText(input.toString(), maxBytes, format);
    let column = 0;
    for (const [name, value] of input) yield { ...noNul(name, value, format), column: ++column };
    return;
  }
  const text = inputText(input, maxBytes, format);
  for (let start = format === 'query' && text.startsWith('?') ? 1 : 0; start < text.length; ) {
    const next = text.indexOf('&', start);
    const end = next === -1 ? text.length : next;
    const equals = text.slice(start, end).indexOf('=');
    const middle = equals === -1 ? end : start + equals;
    if (end > start) {
      const [name, value] = [text.slice(start, middle), text.slice(middle + 1, Math.max(end, middle + 1))];
      yield { ...noNul(decoded(name, format), decoded(value, format), format), column: start + 1 };
    }
    start = end + 1;
  }
}

function decoded(text: string, format: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch (cause) {
    refuse(deny('parse/invalid-text', { format, reason: 'percent-encoding that is not UTF-8' }), cause);
  }
}

function noNul(
  name: string,
  value: string,
  format: string,
): { readonly name: string; readonly value: string } {
  if (name.includes('\0') || value.includes('\0'))
    refuse(deny('parse/invalid-text', { format, reason: 'a NUL' }));
  return { name, value };
}

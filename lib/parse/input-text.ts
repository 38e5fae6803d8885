import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';

/**
 * The input as text, without the byte order mark at its start.
 *
 * @param input a string, or UTF-8 as a Uint8Array (a Buffer is one)
 * @throws Refusal `parse/too-large`, before any of it is decoded; `parse/invalid-text` for bytes that are not UTF-8, or a string with half a
 * surrogate pair; `parse/invalid-syntax` for input that is neither, such as a parsed body
 */
export function inputText(input: unknown, maxBytes: number, format: string): string {
  if (typeof input === 'string') {
    // A character has at most three bytes, so most strings need no counting.
    if (input.length > maxBytes || (input.length * 3 > maxBytes && utf8Length(input) > maxBytes)) {
      refuse(deny('parse/too-large', { format, maxBytes }));
    }
    if (!input.isWellFormed()) {
      refuse(deny('parse/invalid-text', { format, reason: 'half a surrogate pair' }));
    }
    return input.charCodeAt(0) === 0xfeff ? input.slice(1) : input;
  }
  if (!(input instanceof Uint8Array)) return notText(input, format);
  if (input.byteLength > maxBytes) refuse(deny('parse/too-large', { format, maxBytes }));
  try {
    return strictUtf8.decode(input);
  } catch (cause) {
    refuse(deny('parse/invalid-text', { format, reason: 'bytes that are not UTF-8' }), cause);
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** If `req.query.q` is an array, the client chose the type, so it is refused; a promise is never the client's. */
function notText(input: unknown, format: string): never {
  if (typeof (input as { then?: unknown } | null | undefined)?.then === 'function') {
    throw new Misuse('bulwark/invalid-option', 'The input is a promise. Write `await` in front of it.');
  }
  refuse(deny('parse/invalid-syntax', { format, reason: 'neither a string nor bytes', line: 1, column: 1 }));
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each surrogate counts two, which makes four for a pair.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

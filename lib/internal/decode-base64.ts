const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Both alphabets (RFC 4648, 4 and 5), as Node reads them. */
const values: readonly (number | undefined)[] = table();

function table(): (number | undefined)[] {
  const made = Array<number | undefined>(128).fill(undefined);
  for (const [value, letter] of [...alphabet].entries()) made[letter.charCodeAt(0)] = value;
  for (const letter of '+-') made[letter.charCodeAt(0)] = 62;
  for (const letter of '/_') made[letter.charCodeAt(0)] = 63;
  return made;
}

/**
 * The bytes that servers read in a base64 text of a client. Like `Buffer.from(text, 'base64')`, which only Node has, it skips what
 * is no base64, and ends with the padding.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === padding) break;
    const value = values[code];
    if (value === undefined) continue;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[length++] = bits >> count;
  }
  return bytes.subarray(0, length);
}

const padding = 0x3d;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The same as UTF-8 text. */
export function base64Text(text: string): string {
  return decoder.decode(decodeBase64(text));
}

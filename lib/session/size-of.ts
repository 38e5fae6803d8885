const encoder = new TextEncoder();

/** Keys and values, in bytes of UTF-8. */
export function sizeOf(data: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const [key, value] of Object.entries(data)) {
    bytes += encoder.encode(key).length + encoder.encode(value).length;
  }
  return bytes;
}

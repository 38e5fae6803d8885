/**
 * Decodes a page as browsers do: a byte order mark, then the `charset` of Content-Type, then a declaration in the first
 * 1,024 bytes (HTML, 13.2.3.2). What says nothing is UTF-8 where it can be, and windows-1252 where it cannot.
 *
 * A character that was cut off at the end of `bytes` is left out.
 */
export function decodeHtml(bytes: Uint8Array, contentType: string): string {
  const label = markOf(bytes) ?? charsetIn(contentType) ?? declaredIn(bytes);
  const declared = label === undefined ? undefined : decoded(bytes, label, false);
  return declared ?? decoded(bytes, 'utf-8', true) ?? decoded(bytes, 'windows-1252', false) ?? '';
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return undefined;
}

function charsetIn(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([a-z0-9_:.-]{1,40})/i.exec(contentType)?.[1];
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');
  const label = /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{1,40})/i.exec(start)?.[1];
  // Who can read the declaration byte by byte does not read UTF-16.
  return label !== undefined && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

/** Undefined where the label names nothing, or, if `fatal`, where the bytes are not of that encoding. */
function decoded(bytes: Uint8Array, label: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

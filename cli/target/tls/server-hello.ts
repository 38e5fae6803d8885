/** What a server answered to the first message of a handshake. */
export type ServerHello =
  | { readonly kind: 'hello'; readonly version: number; readonly cipher: number }
  /** It refuses (RFC 8446, 6.2). */
  | { readonly kind: 'alert'; readonly code: number }
  /** It speaks no TLS. */
  | { readonly kind: 'other' };

const mostBytes = 20_000;

/** Reads the beginning of an answer; undefined if more bytes are needed. */
export function readServerHello(received: Buffer): ServerHello | undefined {
  if (received.length < 5) return undefined;
  const type = received.readUInt8(0);
  if ((type !== 21 && type !== 22) || received.readUInt8(1) !== 3) return { kind: 'other' };
  if (type === 21) {
    return received.length < 7 ? undefined : { kind: 'alert', code: received.readUInt8(6) };
  }
  const message = received.subarray(5);
  if (message.length < 4) return undefined;
  const length = message.readUIntBE(1, 3);
  // A hello is small, and fits into one record.
  if (message.readUInt8(0) !== 2 || length > received.readUInt16BE(3)) return { kind: 'other' };
  if (message.length < 4 + length) return received.length > mostBytes ? { kind: 'other' } : undefined;
  return readBody(message.subarray(4, 4 + length));
}

function readBody(body: Buffer): ServerHello {
  const session = body.length > 34 ? body.readUInt8(34) : 0;
  const at = 35 + session;
  if (body.length < at + 3) return { kind: 'other' };
  const version = selectedVersion(body.subarray(at + 3)) ?? body.readUInt16BE(0);
  return { kind: 'hello', version, cipher: body.readUInt16BE(at) };
}

/** TLS 1.3 names its version in an extension. */
function selectedVersion(extensions: Buffer): number | undefined {
  let at = 2;
  while (at + 4 <= extensions.length) {
    const length = extensions.readUInt16BE(at + 2);
    if (extensions.readUInt16BE(at) === 43 && length === 2 && at + 6 <= extensions.length)
      return extensions.readUInt16BE(at + 4);
    at += 4 + length;
  }
  return undefined;
}

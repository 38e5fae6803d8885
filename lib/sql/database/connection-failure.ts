import type { Failure } from './failure.ts';

/** What an error of a socket, of name resolution or of TLS means; undefined for any other. */
export function connectionFailure(error: unknown): Failure | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  if (socketCodes.has(code)) return { kind: 'connection', databaseCode: code };
  const tls =
    tlsHints[code] ?? (code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') ? tlsHint : undefined);
  return tls === undefined ? undefined : { kind: 'connection', databaseCode: code, hint: tls };
}

/** The `code` of an error, where it has one of its own. Errors of several addresses carry the first one's. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  if (typeof code === 'string' && /^\w{1,64}$/.test(code)) return code;
  return Array.isArray(errors) && errors.length > 0 && errors[0] !== error ? codeOf(errors[0]) : undefined;
}

const socketCodes: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'ENOENT', 'EACCES', 'ERR_STREAM_DESTROYED', 'ERR_SOCKET_CLOSED'],
]);

const tlsHint = 'The TLS handshake failed.';
const tlsHints: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'The certificate of the server is self-signed: name its CA, and keep verification on.',
  SELF_SIGNED_CERT_IN_CHAIN: "The server's CA is unknown: name it as `ca`, and keep verification on.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "The server's CA is unknown: name it as `ca`, and keep verification on.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "The server's CA is unknown: name it as `ca`, and keep verification on.",
  CERT_HAS_EXPIRED: 'The certificate of the server has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the server is for another name.',
};

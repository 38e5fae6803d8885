import { isUtf8 } from 'node:buffer';

/**
 * Decodes a name whose bytes are one character each. It is read as UTF-8, which is what HTML sends. Other bytes come from old clients, and stay
 * legible as Latin-1. Browsers write a quote as `%22`.
 */
export function decodeName(bytes: string): string {
  const raw = Buffer.from(bytes, 'latin1');
  return (isUtf8(raw) ? raw.toString('utf8') : bytes).replaceAll('%22', '"');
}

import { isUtf8 } from 'node:buffer';

/**
 * A name as its bytes came, one character for each. Read as UTF-8, which is what HTML sends; what isn't UTF-8 comes from an old client and
 * stays legible as Latin-1. Browsers write a quote as `%22`.
 */
export function decodeName(bytes: string): string {
  const raw = Buffer.from(bytes, 'latin1');
  return (isUtf8(raw) ? raw.toString('utf8') : bytes).replaceAll('%22', '"');
}

const run = /[A-Za-z\d+/]{24,40000}={0,2}/g;
const runOfUrls = /[A-Za-z\d_-]{24,40000}={0,2}/g;
const mostRuns = 20_000;

interface EncodedText {
  readonly bytes: Buffer;
  readonly at: number;
  readonly end: number;
}

/**
 * Texts in base64, as Secrets of Kubernetes, headers and settings have them. What decodes to no text (pictures, hashes, certificates) is
 * left out after its first bytes.
 */
export function* encodedTexts(text: string): Generator<EncodedText> {
  let runs = 0;
  for (const pattern of [run, runOfUrls]) {
    for (const { 0: encoded, index } of text.matchAll(pattern)) {
      if (++runs > mostRuns) return;
      if (pattern === runOfUrls && !/[_-]/.test(encoded)) continue;
      if (!isText(Buffer.from(encoded.slice(0, 24), 'base64'))) continue;
      const bytes = Buffer.from(encoded, 'base64');
      if (isText(bytes)) yield { bytes, at: index, end: index + encoded.length };
    }
  }
}

function isText(bytes: Buffer): boolean {
  if (bytes.length < 12) return false;
  let strange = 0;
  for (const byte of bytes)
    if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte > 126) strange++;
  return strange * 20 < bytes.length;
}

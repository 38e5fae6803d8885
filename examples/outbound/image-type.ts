/** Formats that are pixels and nothing else. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif';

/**
 * All that an image proxy passes on. SVG is no image in this sense: it is a document, which runs scripts and loads what it
 * names wherever it is opened by itself, with the rights of the site that it came from.
 */
export const imageTypes: readonly ImageType[] = Object.freeze([
  ...(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const),
]);

/** How much of a file `imageTypeOf` looks at, in bytes. */
export const signatureBytes = 64;

/** What a file is by its first bytes, whatever its server calls it; undefined for what is none of the five. */
export function imageTypeOf(start: Uint8Array): ImageType | undefined {
  const text = Buffer.from(start.subarray(0, signatureBytes)).toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'image/gif';
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'image/webp';
  return isAvif(text) ? 'image/avif' : undefined;
}

/** The first box of ISO base media is `ftyp`: a major brand, a version, and brands that it is compatible with. */
function isAvif(text: string): boolean {
  if (!text.startsWith('ftyp', 4)) return false;
  const size = Buffer.from(text.slice(0, 4), 'latin1').readUInt32BE();
  const named = text.slice(8, 12) + text.slice(16, Math.min(size, signatureBytes));
  const brands: readonly string[] = named.match(/[\s\S]{4}/g) ?? [];
  return brands.includes('avif') || brands.includes('avis');
}

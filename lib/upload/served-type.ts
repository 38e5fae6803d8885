import { fileTypes } from './types/file-types.ts';
import type { FileRecord } from './upload-store.ts';

/** Images made of pixels: browsers run nothing in them. SVG is not one of them. */
export const inlineTypes: ReadonlySet<string> = new Set([
  ...['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif'],
]);

/**
 * Types that are sent unchanged, because browsers neither run nor apply them. Otherwise, pages of the same site could load an uploaded script or
 * style sheet, and `script-src 'self'` would allow it. A browser loads a script even if it is told to save the file.
 */
const inert =
  /^(?:image\/(?!svg)[\w.+-]+|audio\/[\w.+-]+|video\/[\w.+-]+|font\/[\w.+-]+|application\/(?:pdf|zip|gzip|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument)\.[\w.-]+))$/;

/** The media type that a file is sent with. */
export function servedType(type: string): string {
  return inert.test(type) ? type : 'application/octet-stream';
}

/** The user's name for the file, with the extension of its type: an image may have been re-encoded as another type. */
export function servedName({ name, type, extension }: FileRecord): string {
  if (extension === '') return name;
  const extensions = fileTypes.get(type)?.extensions ?? [extension];
  const own = /\.([a-z\d]{1,16})$/i.exec(name)?.[1]?.toLowerCase();
  return own !== undefined && (own === extension || extensions.includes(own)) ? name : `${name}.${extension}`;
}

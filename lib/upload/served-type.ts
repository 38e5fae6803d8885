import { fileTypes } from './types/file-types.ts';
import type { FileRecord } from './upload-store.ts';

/** Images of pixels: browsers run nothing in them. SVG is no such type. */
export const inlineTypes: ReadonlySet<string> = new Set([
  ...['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif'],
]);

/**
 * Types that are sent as they are, because no browser runs or applies them: pages of one's own site could otherwise load an uploaded
 * script or style sheet, and `script-src 'self'` would allow it. A browser loads a script also where it is told to save the file.
 */
const inert =
  /^(?:image\/(?!svg)[\w.+-]+|audio\/[\w.+-]+|video\/[\w.+-]+|font\/[\w.+-]+|application\/(?:pdf|zip|gzip|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument)\.[\w.-]+))$/;

/** The media type that a file is sent with. */
export function servedType(type: string): string {
  return inert.test(type) ? type : 'application/octet-stream';
}

/** The user's name for the file, with an extension of the type that it has: an image may have been written anew as another. */
export function servedName({ name, type, extension }: FileRecord): string {
  if (extension === '') return name;
  const extensions = fileTypes.get(type)?.extensions ?? [extension];
  const own = /\.([a-z\d]{1,16})$/i.exec(name)?.[1]?.toLowerCase();
  return own !== undefined && (own === extension || extensions.includes(own)) ? name : `${name}.${extension}`;
}

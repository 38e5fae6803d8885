export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | 'image/avif';

/** For each type, libvips' decoder, which is the only one that may run, and sharp's name for it. */
export const imageTypes: Readonly<Record<ImageType, { readonly loader: string; readonly format: string }>> = {
  'image/png': { loader: 'VipsForeignLoadPngBuffer', format: 'png' },
  'image/jpeg': { loader: 'VipsForeignLoadJpegBuffer', format: 'jpeg' },
  'image/webp': { loader: 'VipsForeignLoadWebpBuffer', format: 'webp' },
  'image/gif': { loader: 'VipsForeignLoadNsgifBuffer', format: 'gif' },
  'image/avif': { loader: 'VipsForeignLoadHeifBuffer', format: 'heif' },
};

export function isImageType(type: unknown): type is ImageType {
  return typeof type === 'string' && Object.hasOwn(imageTypes, type);
}

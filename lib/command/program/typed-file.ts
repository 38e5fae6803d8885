import { isSafePath, type SafePath } from '../../path/index.ts';
import { Misuse } from '../../refusal/misuse.ts';

/** A file with the type of its content. If the program guessed the type, the untrusted name and content would choose it. */
export interface TypedFile {
  readonly file: SafePath;
  /** `image/png`, or `video/mp4`. */
  readonly type: string;
}

/** Any string; editors still suggest the known types. */
type AnyType = string & Record<never, never>;

/** ImageMagick's coder for each type of image. */
export const imageCoders = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/tiff': 'tiff',
  'image/avif': 'avif',
  'image/heic': 'heic',
} as const;

/** FFmpeg's demuxer for each type of media. None that opens other files: no hls, concat, dash, sdp, image2. */
export const mediaDemuxers = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'audio/mp4': 'mov',
  'video/webm': 'matroska',
  'audio/webm': 'matroska',
  'video/matroska': 'matroska',
  'video/x-matroska': 'matroska',
  'video/x-msvideo': 'avi',
  'video/vnd.avi': 'avi',
  'video/mp2t': 'mpegts',
  'video/x-flv': 'flv',
  'video/ogg': 'ogg',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
  'image/gif': 'gif',
  'image/png': 'png_pipe',
  'image/jpeg': 'jpeg_pipe',
  'image/webp': 'webp_pipe',
} as const;

/**
 * An image for ImageMagick, with the type of its content. It is written as `png:/srv/in/1.png`, so neither the name nor the first bytes choose the
 * coder. The type may come from bulwark/upload's records; a field whose images go to ImageMagick lists only these types.
 *
 * @throws Misuse `bulwark/invalid-option` for another type, or a file that isn't a `SafePath`
 */
export function image(type: keyof typeof imageCoders | AnyType, file: SafePath): TypedFile {
  return typedFile(type, file, imageCoders);
}

/**
 * A file that ffmpeg reads. It is written as `-protocol_whitelist file,pipe -f mov -i file:/srv/in/1.mp4`, so it can't act as a playlist. The type may come
 * from bulwark/upload's records.
 *
 * @throws Misuse `bulwark/invalid-option` for another type, or a file that isn't a `SafePath`
 */
export function media(type: keyof typeof mediaDemuxers | AnyType, file: SafePath): TypedFile {
  return typedFile(type, file, mediaDemuxers);
}

/** True for results of `image` and `media`: JSON can't forge the `SafePath` in them. */
export function isTypedFile(value: unknown): value is TypedFile {
  if (typeof value !== 'object' || value === null) return false;
  const type: unknown = Object.getOwnPropertyDescriptor(value, 'type')?.value;
  const file: unknown = Object.getOwnPropertyDescriptor(value, 'file')?.value;
  return (
    typeof type === 'string' && (isType(type, imageCoders) || isType(type, mediaDemuxers)) && isSafePath(file)
  );
}

/** The program's name for the type. */
export function nameOfType(
  type: string | undefined,
  names: Readonly<Record<string, string>>,
): string | undefined {
  return type !== undefined && Object.hasOwn(names, type) ? names[type] : undefined;
}

function typedFile(type: string, file: SafePath, names: Readonly<Record<string, string>>): TypedFile {
  if (!isType(type, names)) {
    const given = typeof type === 'string' ? JSON.stringify(type.slice(0, 100)) : typeof type;
    const known = Object.keys(names).join(', ');
    throw new Misuse('bulwark/invalid-option', `The type is ${given}, but must be one of ${known}.`);
  }
  if (!isSafePath(file))
    throw new Misuse('bulwark/invalid-option', 'The file is a SafePath, which `inside` makes.');
  return Object.freeze({ file, type });
}

function isType(type: unknown, names: Readonly<Record<string, string>>): boolean {
  return typeof type === 'string' && Object.hasOwn(names, type);
}

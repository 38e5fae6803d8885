import { record } from '../event/record.ts';
import type { SafePath } from '../path/safe-path.ts';
import { accept } from './accept.ts';
import { receive } from './receive.ts';
import type { AcceptOptions, Received, ReceivedFile, ReceiveOptions } from './received.ts';
import type { UploadRequest } from './request-body.ts';
import {
  type FileFields,
  readUploadsOptions,
  type UploadPolicy,
  type UploadsOptions,
} from './uploads-options.ts';

/** Reads forms with files. */
export interface Uploads<F extends FileFields = FileFields> {
  /**
   * Reads one request. It resolves once every file is stored durably; if anything is refused, nothing of the request is kept.
   *
   * @throws Refusal `upload/*`; one of the rewriter or the store
   * @throws Misuse `upload/body-already-read`, `upload/library-missing`
   */
  receive(request: UploadRequest, options?: ReceiveOptions): Promise<Received<F>>;

  /**
   * Runs one file that is already on this machine through the checks of a field, such as a file from an unpacked archive: size, type, images,
   * scan. It is copied into the store under an id of its own. `maxFiles` doesn't apply.
   *
   * @throws Refusal like `receive`, and `path/*`
   * @throws Misuse `bulwark/invalid-option` for a field that isn't listed
   */
  accept(field: keyof F & string, path: SafePath, options?: AcceptOptions): Promise<ReceivedFile>;
}

/**
 * Guarantee: a file is stored only if its field is listed, its content and its extension both have a type that the field accepts, and it is within
 * the limits. All files of a request are stored, or none. The client chooses neither the name nor the location of a stored file, and its
 * `Content-Type` is ignored.
 *
 * Bodies are read as `multipart/form-data` (RFC 7578), as a stream: memory use does not depend on the size of a file.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { uploads } from 'bulwark/upload';
 * import { diskStore } from 'bulwark/upload/disk';
 *
 * const avatars = uploads({
 *   store: diskStore({ folder: '/var/lib/shop/uploads' }),
 *   files: { avatar: { types: ['image/png', 'image/jpeg'], maxBytes: 5_000_000, required: true } },
 *   allowOriginalImages: true,
 * });
 *
 * async function handle(request: Request): Promise<string> {
 *   const { fields, files } = await avatars.receive(request);
 *   return `${fields.get('title')}: ${files.avatar.id}`; // 'Me: mfrggzdfmztwq2lknnwg23tpob'
 * }
 * ```
 */
export function uploads<const F extends FileFields>(options: UploadsOptions<F>): Uploads<F> {
  const policy = readUploadsOptions(options);
  tellOriginalImages(policy);
  return Object.freeze({
    receive: (request: UploadRequest, own: ReceiveOptions = {}) =>
      receive(request, policy, own) as Promise<Received<F>>,
    accept: (field: keyof F & string, path: SafePath, own: AcceptOptions = {}) =>
      accept(policy, field, path, own),
  });
}

/** Image formats of phones, cameras and scanners, which contain more than they show. */
const photos: ReadonlySet<string> = new Set([
  ...[
    'image/png',
    'image/apng',
    'image/jpeg',
    'image/gif',
    'image/webp',
    'image/avif',
    'image/heic',
    'image/heif',
  ],
  ...['image/tiff', 'image/jxl', 'image/jp2', 'image/x-adobe-dng', 'image/x-canon-cr2', 'image/x-canon-cr3'],
  ...['image/x-nikon-nef', 'image/x-sony-arw'],
]);

function tellOriginalImages({ files, images, allowOriginalImages }: UploadPolicy): void {
  if (allowOriginalImages) return;
  const accepted = [...files.values()].flatMap(({ types }) => types.map(({ type }) => type));
  const kept = new Set(accepted.filter((type) => photos.has(type) && images?.types.includes(type) !== true));
  if (kept.size > 0) record('upload/original-images', 'reported', { types: [...kept].join(', ') });
}

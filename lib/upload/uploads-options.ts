import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type FieldPolicy, type FileField, readFileField } from './file-field.ts';
import type { Rewriter } from './rewriter.ts';
import type { Scanner } from './scanner.ts';
import { limitNames, readLimits, type UploadLimits } from './upload-limits.ts';
import type { UploadStore } from './upload-store.ts';
import { wholeNumber } from './whole-number.ts';

/** The form fields that accept files, by name. */
export type FileFields = Readonly<Record<string, FileField>>;

export interface UploadsOptions<F extends FileFields = FileFields> extends UploadLimits {
  /** Keeps the files: `diskStore()` of bulwark/upload/disk, `s3Store()` of bulwark/upload/s3. */
  readonly store: UploadStore;
  /** The fields that accept files. A file in any other field is refused. */
  readonly files: F;
  /** Re-encodes images: `imageRewriter()` of bulwark/upload/image. */
  readonly images?: Rewriter;
  /** Looks for malware: `clamd()` of bulwark/upload/clamd. */
  readonly scan?: Scanner;
  /** Cleans SVG, such as ``(markup) => render(sanitize(markup, 'svg'))`` of bulwark/html. Needed if a field accepts `image/svg+xml`. */
  readonly sanitizeSvg?: (markup: string) => { toString(): string };
  /** Keeps images unchanged. Without it, and without `images`, an event reports that. */
  readonly allowOriginalImages?: boolean;
}

/** The options with their defaults. */
export interface UploadPolicy {
  readonly store: UploadStore;
  readonly files: ReadonlyMap<string, FieldPolicy>;
  readonly images: Rewriter | undefined;
  readonly scan: Scanner | undefined;
  readonly sanitizeSvg: ((markup: string) => { toString(): string }) | undefined;
  readonly allowOriginalImages: boolean;
  readonly limits: ReturnType<typeof readLimits>;
  readonly maxBytes: number;
}

export const maxHeaderBytes = 8_192;
export const maxHeaders = 16;

const names = [
  ...['store', 'files', 'images', 'scan', 'sanitizeSvg', 'allowOriginalImages', 'maxBytes'],
  ...limitNames,
] as (keyof UploadsOptions)[];

/** @throws Misuse `bulwark/invalid-option` */
export function readUploadsOptions(options: UploadsOptions): UploadPolicy {
  const own = knownOptions(options, names);
  const { store, images, scan, sanitizeSvg, allowOriginalImages = false } = own;
  requireMethod('store', store, 'begin', 'a store, such as diskStore() of bulwark/upload/disk');
  if (images !== undefined)
    requireMethod('images', images, 'rewrite', 'imageRewriter() of bulwark/upload/image');
  if (scan !== undefined)
    requireMethod('scan', scan, 'scan', 'a scanner, such as clamd() of bulwark/upload/clamd');
  if (sanitizeSvg !== undefined && typeof sanitizeSvg !== 'function')
    invalid('sanitizeSvg takes a function.');
  if (typeof allowOriginalImages !== 'boolean') invalid('allowOriginalImages takes true or false.');
  const limits = readLimits(own);
  const files = readFiles(own.files, limits.maxFileBytes);
  for (const [field, { types }] of files) {
    if (sanitizeSvg === undefined && types.some(({ type }) => type === 'image/svg+xml')) {
      invalid(`The field ${field} accepts SVG, which can hold scripts: pass sanitizeSvg.`);
    }
  }
  const permitted = bytesPermitted(files, limits);
  const maxBytes = own.maxBytes === undefined ? permitted : wholeNumber('maxBytes', own.maxBytes, 1, 1e15);
  const policy = {
    store: store as UploadStore,
    files,
    images,
    scan,
    sanitizeSvg,
    allowOriginalImages,
    limits,
    maxBytes,
  };
  return Object.freeze(policy);
}

function readFiles(files: unknown, maxFileBytes: number): ReadonlyMap<string, FieldPolicy> {
  if (typeof files !== 'object' || files === null || Array.isArray(files)) {
    invalid("files takes a record of fields, such as { avatar: { types: ['image/png'] } }.");
  }
  return new Map(
    Object.entries(files).map(([field, given]) => [field, readFileField(field, given, maxFileBytes)]),
  );
}

/** The largest request that the other limits allow: parts and their headers, files, text. */
function bytesPermitted(files: ReadonlyMap<string, FieldPolicy>, limits: UploadPolicy['limits']): number {
  let parts = limits.maxFields;
  let bytes = limits.maxFieldsBytes;
  for (const { maxFiles, maxBytes } of files.values()) {
    parts += maxFiles;
    bytes += maxFiles * maxBytes;
  }
  return bytes + (parts + 1) * 10_000;
}

function requireMethod(option: string, value: unknown, method: string, wanted: string): void {
  const given = value as Record<string, unknown> | null | undefined;
  if (typeof given !== 'object' || given === null || typeof given[method] !== 'function') {
    invalid(`${option} takes ${wanted}.`);
  }
}

function invalid(message: string): never {
  throw new Misuse('bulwark/invalid-option', message);
}

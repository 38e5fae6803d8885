import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { webOrigin } from '../request/web-origin.ts';
import { inlineTypes } from './served-type.ts';

export interface ServeUploadOptions {
  /**
   * The origin that users' files are served from, such as `https://usercontent.example`: one without log-ins, on another domain than the
   * application. Requests to any other host are refused.
   */
  readonly origin?: string;
  /**
   * Shows images of these types in pages and tabs instead of saving them. List only types that `uploads` re-encodes: PNG, JPEG, WebP, AVIF, GIF.
   */
  readonly allowInline?: readonly string[];
  /** `Cache-Control`. `private, no-cache` by default. */
  readonly cacheControl?: string;
  /** Lets pages of other origins embed the file: those of the same site, or all. Needed for images when `origin` is set. */
  readonly allowEmbedding?: 'same-site' | 'cross-origin';
}

export interface ServePolicy {
  readonly origin: string | undefined;
  readonly inline: ReadonlySet<string>;
  readonly answer: {
    readonly cacheControl?: string;
    readonly allowEmbedding?: 'same-site' | 'cross-origin';
  };
}

/** @throws Misuse `bulwark/invalid-option` */
export function readServeOptions(options: ServeUploadOptions): ServePolicy {
  const own = knownOptions(options, ['origin', 'allowInline', 'cacheControl', 'allowEmbedding']);
  const { cacheControl, allowEmbedding } = own;
  return {
    origin: own.origin === undefined ? undefined : readOrigin(own.origin),
    inline: readInline(own.allowInline ?? []),
    answer: {
      ...(cacheControl !== undefined && { cacheControl }),
      ...(allowEmbedding !== undefined && { allowEmbedding }),
    },
  };
}

function readOrigin(value: unknown): string {
  const origin = typeof value === 'string' ? webOrigin(value) : undefined;
  if (origin !== undefined) return origin;
  throw new Misuse(
    'bulwark/invalid-option',
    "origin takes scheme and host alone, such as 'https://usercontent.example'.",
  );
}

function readInline(types: unknown): ReadonlySet<string> {
  if (Array.isArray(types) && types.every((type) => inlineTypes.has(type))) return new Set(types);
  throw new Misuse(
    'bulwark/invalid-option',
    `allowInline takes a list of ${[...inlineTypes].join(', ')}. Other types can hold scripts or are shown by plug-ins: they are saved.`,
  );
}

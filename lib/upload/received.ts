import type { FileRecord } from './upload-store.ts';
import type { FileFields } from './uploads-options.ts';

/** A file that was stored. `id` is the only name that the store knows it by; `name` is data, never a path. */
export type ReceivedFile = FileRecord;

/** A list where the field has `maxFiles`; otherwise one file, which is there for certain if it is `required`. */
export type ReceivedFiles<F extends FileFields> = {
  readonly [Field in keyof F]: F[Field] extends { readonly maxFiles: number }
    ? readonly ReceivedFile[]
    : F[Field] extends { readonly required: true }
      ? ReceivedFile
      : ReceivedFile | undefined;
};

export interface Received<F extends FileFields = FileFields> {
  /** The text fields, in order. `get` gives the first of a name, `getAll` all of them. */
  readonly fields: URLSearchParams;
  readonly files: ReceivedFiles<F>;
}

export interface ReceiveOptions {
  /** Ends the upload when it aborts. */
  readonly signal?: AbortSignal;
  /** Lowers the limit of the whole body for this request: what is left of a user's quota. Bytes. */
  readonly maxBytes?: number;
}

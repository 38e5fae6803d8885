import type { FileRecord } from './upload-store.ts';
import type { FileFields } from './uploads-options.ts';

/** A stored file. `id` is the only name by which the store knows it; `name` is data, never a path. */
export type ReceivedFile = FileRecord;

/** A list if the field has `maxFiles`; otherwise one file, which is always present if it is `required`. */
export type ReceivedFiles<F extends FileFields> = {
  readonly [Field in keyof F]: F[Field] extends { readonly maxFiles: number }
    ? readonly ReceivedFile[]
    : F[Field] extends { readonly required: true }
      ? ReceivedFile
      : ReceivedFile | undefined;
};

export interface Received<F extends FileFields = FileFields> {
  /** The text fields, in order. `get` returns the first with a name, `getAll` all of them. */
  readonly fields: URLSearchParams;
  readonly files: ReceivedFiles<F>;
}

export interface AcceptOptions {
  /** The file name whose extension is checked, and which is kept as data. By default, that of the path. */
  readonly name?: string;
  /** Stops when the signal is aborted. */
  readonly signal?: AbortSignal;
}

export interface ReceiveOptions {
  /** Ends the upload when the signal is aborted. */
  readonly signal?: AbortSignal;
  /** Lowers the limit for the whole body of this request, in bytes, for example to the rest of a user's quota. */
  readonly maxBytes?: number;
}

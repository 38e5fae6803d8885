/**
 * The interface that zod, valibot, arktype and others share: Standard Schema, version 1
 * (standardschema.dev), as far as rows need it.
 */
export interface RowSchema<Row = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): Checked<Row> | Promise<Checked<Row>>;
    readonly types?: { readonly input: unknown; readonly output: Row } | undefined;
  };
}

/** The validated row, or the problems found. */
export type Checked<Row> =
  | { readonly value: Row; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

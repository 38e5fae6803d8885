/** The value of a field: text, or with `lists` and `nested`, lists and records of them. */
export type FormValue = string | readonly FormValue[] | { readonly [name: string]: FormValue };

/** Fields by name. It has no prototype, so that `fields['constructor']` is undefined unless it was sent. */
export interface FormFields {
  readonly [name: string]: FormValue;
}

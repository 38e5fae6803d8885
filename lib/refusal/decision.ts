import type { RefusalCode, RefusalDetail } from './codes.ts';

/** A decision that says no: a value, not yet an exception. */
export interface Denied<C extends RefusalCode = RefusalCode> {
  readonly allow: false;
  readonly code: C;
  readonly detail: RefusalDetail<C>;
  /** Replaces the catalogue's hint where the guard can say something more exact. */
  readonly hint?: string;
}

/** What a guard decides. Deciding is pure; `enforce` acts on it. */
export type Decision<C extends RefusalCode = RefusalCode> = { readonly allow: true } | Denied<C>;

export const allowed: { readonly allow: true } = Object.freeze({ allow: true });

export function deny<C extends RefusalCode>(code: C, detail: RefusalDetail<C>, hint?: string): Denied<C> {
  return { allow: false, code, detail, ...(hint !== undefined && { hint }) };
}

import type { Evidence } from '../../check/outcome.ts';

/** What a part of an application does to a header of its responses. */
export interface Setting {
  readonly state:
    | { readonly kind: 'value'; readonly text: string }
    /** `how` ends a sentence that begins with the header. */
    | { readonly kind: 'off'; readonly how: string }
    | { readonly kind: 'unknown'; readonly why: string };
  /** `all`: it does so for every response. */
  readonly covers: 'all' | { readonly why: string };
  readonly evidence: readonly Evidence[];
}

export type HeaderName = 'content-security-policy' | 'strict-transport-security' | 'x-powered-by';

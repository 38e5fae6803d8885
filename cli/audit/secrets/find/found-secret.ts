/** A secret, or what may be one, in a text. */
export interface FoundSecret {
  /** The id of its kind: `github-token`, `password`. */
  readonly kind: string;
  /** `A GitHub token` */
  readonly title: string;
  /** Unmasked: it never leaves the audit. */
  readonly value: string;
  /** Where it begins in the text. */
  readonly at: number;
  readonly end: number;
  /** Why it need not be one that lets somebody in: `its checksum is wrong`. Without it the text is a secret. */
  readonly doubt?: string;
}

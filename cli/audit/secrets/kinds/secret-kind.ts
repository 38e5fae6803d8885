/** One kind of secrets that is told by its shape. */
export interface SecretKind {
  /** Permanent: an allow list names it. `github-token` */
  readonly id: string;
  /** `A GitHub token` */
  readonly title: string;
  /** Where the shape is published. */
  readonly source: string;
  /** In lower case. Every text of the kind has one of them, in any case; the text is looked at around it. */
  readonly keywords: readonly string[];
  /**
   * Matches the secret, or has it as its first group. Every quantifier has an upper bound. Sticky: it is tried where the keyword begins,
   * or, with `before`, at each place before it.
   */
  readonly pattern: RegExp;
  /** How far before the keyword the secret may begin. */
  readonly before?: number;
  /** Whether the service can have issued it: a checksum, or what is inside. */
  readonly isIssued?: (value: string) => boolean;
  /** Why a text of this shape need not be a secret that lets somebody in: it is shown, and decides nothing. */
  readonly doubt?: string;
  /** The text may go on with letters or digits. */
  readonly isOpen?: true;
}

type Options = Pick<SecretKind, 'before' | 'isIssued' | 'doubt' | 'isOpen'>;

/** @param pattern is made sticky */
export function secretKind(
  id: string,
  title: string,
  source: string,
  keywords: string,
  pattern: RegExp,
  options: Options = {},
): SecretKind {
  return {
    id,
    title,
    source,
    keywords: keywords.toLowerCase().split(' '),
    pattern: new RegExp(pattern.source, pattern.flags.includes('i') ? 'iy' : 'y'),
    ...options,
  };
}

/** Where shapes are listed that the services themselves do not describe. */
export const listed = 'https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml';

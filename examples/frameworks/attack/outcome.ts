/** What an attack tries. `undefended.ts` of each framework loses at least one of each, unless the framework itself stops it. */
export const attackClasses = [
  'SQL injection',
  'XSS',
  'SSRF',
  'CSRF',
  'open redirect',
  'session fixation',
  'path traversal',
  'uploads that run',
  'prototype pollution',
  'error leak',
  'missing headers',
  'clickjacking',
  'password guessing',
] as const;

export type AttackClass = (typeof attackClasses)[number];

export interface Outcome {
  readonly kind: AttackClass;
  /** The input or the page that was attacked. */
  readonly at: string;
  /** What got through and how that showed, or undefined if the application held. */
  readonly lost: string | undefined;
  /** How many attempts were made. The first that gets through is the last. */
  readonly tries: number;
}

/** Makes attempts until one gets through. An attempt resolves with what it achieved, or with undefined. */
export async function tryEach<T>(
  kind: AttackClass,
  at: string,
  attempts: readonly T[],
  attempt: (one: T) => Promise<string | undefined>,
): Promise<Outcome> {
  let tries = 0;
  for (const one of attempts) {
    tries += 1;
    const lost = await attempt(one);
    if (lost !== undefined) return { kind, at, lost, tries };
  }
  return { kind, at, lost: undefined, tries };
}

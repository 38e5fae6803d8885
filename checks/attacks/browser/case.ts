/** What every case written from the contract alone has. */
export interface Case {
  readonly name: string;
  /** 'attack' must do nothing; 'use' must work as documented. */
  readonly kind: 'attack' | 'use';
}

/** A case and what was wrong with it, or '' where nothing was. */
export type Verdict = readonly [one: Case, problem: string];

/** Lines for the cases that something was wrong with. */
export function surprises(verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap(([{ kind, name }, problem]) =>
    problem === '' ? [] : [`${kind} ${name}: ${problem}`],
  );
}

/** The code of what `work` throws, '' where it throws nothing, and the error as text where it has no code. */
export function codeOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as { code?: string }).code ?? `no code: ${String(error)}`;
  }
}

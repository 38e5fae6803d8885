/** What one check found at one place of the project. */
export interface Outcome {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  /** One sentence: what is the case. */
  readonly summary: string;
  /** What it rests on. Never empty for `pass` and `fail`. */
  readonly evidence: readonly Evidence[];
  /** How to mend it, or how to get a verdict. Never empty for `fail` and `unknown`. */
  readonly fix: readonly Fix[];
  /**
   * Not of a `pass`: nothing here provides it, but a server in front may. A pass of a check of that server counts instead. `perhaps`: it was
   * not seen whether something here does.
   */
  readonly absent?: true | 'perhaps';
  /** Of an `unknown` that says nothing of the project, such as a check that was skipped: what a running site shows does not replace it. */
  readonly isFinal?: true;
}

export interface Evidence {
  /** What was seen, unchanged: untrusted text. Secrets are never shown whole. */
  readonly text: string;
  /** Relative to the root of the project, with `/`. */
  readonly path?: string;
  /** From 1 on. */
  readonly line?: number;
}

export interface Fix {
  /** `diff` is a unified diff of the project's files. */
  readonly kind: 'text' | 'command' | 'diff';
  readonly text: string;
}

type Fixes = string | readonly Fix[];

export function pass(summary: string, evidence: readonly Evidence[]): Outcome {
  return { verdict: 'pass', summary, evidence, fix: [] };
}

export function fail(summary: string, evidence: readonly Evidence[], fix: Fixes): Outcome {
  return { verdict: 'fail', summary, evidence, fix: fixesOf(fix) };
}

/** A `fail` that a server in front can mend. */
export function absent(summary: string, evidence: readonly Evidence[], fix: Fixes): Outcome {
  return { ...fail(summary, evidence, fix), absent: true };
}

/** @param fix what to do to get a verdict */
export function unknown(summary: string, fix: Fixes, evidence: readonly Evidence[] = []): Outcome {
  return { verdict: 'unknown', summary, evidence, fix: fixesOf(fix) };
}

function fixesOf(fix: Fixes): readonly Fix[] {
  return typeof fix === 'string' ? [{ kind: 'text', text: fix }] : fix;
}

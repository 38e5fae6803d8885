/** Why and where the reader stopped. */
export interface JsonProblem {
  readonly kind: 'syntax' | 'duplicate' | 'number';
  /** What was expected, or the name that occurs twice. */
  readonly reason: string;
  readonly offset: number;
}

/** Thrown in the reader, and caught by `parseJson`. */
export class JsonStop extends Error {
  readonly problem: JsonProblem;

  constructor(kind: JsonProblem['kind'], reason: string, offset: number) {
    super(reason);
    this.problem = { kind, reason, offset };
  }
}

/** Why no request may be sent to a target. */
export class TargetMistake extends Error {
  override readonly name = 'TargetMistake';
  readonly why: string;
  readonly fix: string;

  constructor(what: string, why: string, fix: string) {
    super(what);
    this.why = why;
    this.fix = fix;
  }
}

import type { StoppedBy } from './process-spec.ts';

const reasons: { readonly [by in StoppedBy]: string } = {
  time: 'it took too long',
  output: 'it wrote too much',
  abort: 'the caller aborted it',
};

/** The error with which the output streams of a stopped process end. */
export class ProcessStopped extends Error {
  override readonly name: 'ProcessStopped' = 'ProcessStopped' as const;
  readonly by: StoppedBy;

  constructor(by: StoppedBy) {
    super(`The process was stopped, because ${reasons[by]}.`);
    this.by = by;
  }
}

import { ownProblems } from '../internal/own-problems.ts';
import type { Problem } from '../refusal/refusal.ts';

/** There is no such file to send. That is ordinary, and no refusal: adapters answer it with 404. */
export class NoSuchFile extends Error {
  override readonly name: string = 'NoSuchFile';

  constructor(cause: unknown) {
    super('There is no such file.', { cause });
    ownProblems.add(this);
  }

  toProblem(): Problem {
    return { type: 'about:blank', title: 'There is no such file.', status: 404 };
  }
}

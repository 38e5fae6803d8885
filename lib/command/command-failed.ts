/**
 * A program that ran, and ended with an exit code that is not allowed or by a signal. It is no refusal: what it means depends on the
 * program, such as a file that isn't there.
 *
 * @example
 * ```ts
 * import { CommandFailed, commands } from 'bulwark/command';
 *
 * const run = commands({ git: '/usr/bin/git' });
 * try {
 *   await run.git`show no-such-branch`;
 * } catch (error) {
 *   if (!(error instanceof CommandFailed)) throw error;
 *   error.code; // 128
 *   error.stderr; // 'fatal: ambiguous argument ...', for your log and not for the client
 * }
 * ```
 */
export class CommandFailed extends Error {
  override readonly name: 'CommandFailed' = 'CommandFailed' as const;
  readonly program: string;
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** All that it wrote to standard error, which may contain what an attacker sent. */
  declare readonly stderr: string;

  constructor(
    program: string,
    end: { readonly code: number | null; readonly signal: string | null },
    stderr: string,
  ) {
    super(
      end.code === null
        ? `${program} was ended by ${end.signal}.`
        : `${program} exited with code ${end.code}.`,
    );
    this.program = program;
    this.code = end.code;
    this.signal = end.signal;
    // Not listed where the error is logged as a whole.
    Object.defineProperty(this, 'stderr', { __proto__: null, value: stderr } as PropertyDescriptor);
  }
}

/**
 * A program ran, and ended by a signal or with an exit code that is not allowed. It is no refusal: what it means depends on the program, for
 * example that a file doesn't exist.
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
  /** Everything that it wrote to standard error, which may contain an attacker's text. */
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
    // Not enumerable, so that logging the whole error leaves it out.
    Object.defineProperty(this, 'stderr', { __proto__: null, value: stderr } as PropertyDescriptor);
  }
}

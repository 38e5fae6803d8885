import { codes, type MisuseCode } from './codes.ts';

/**
 * Thrown for a programmer's mistake: a template that cannot be safe, or an invalid option. It is thrown when a guard is
 * created or when a call site is first used, whatever the request's data.
 *
 * @example
 * ```ts
 * import { Misuse } from 'bulwark';
 *
 * const error = new Misuse('bulwark/invalid-option', 'trustedProxies takes a whole number from 0 to 16.');
 * error.code; // 'bulwark/invalid-option'
 * error instanceof TypeError; // true
 * ```
 */
export class Misuse extends TypeError {
  override readonly name: 'Misuse' = 'Misuse' as const;
  readonly code: MisuseCode;
  readonly hint: string;

  /** @param where what the developer wrote, and where: never data from a request. */
  constructor(
    code: MisuseCode,
    where?: string,
    options: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    const { message, hint } = codes[code];
    super(
      where === undefined ? message : `${message} ${where}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.hint = options.hint ?? hint;
  }
}

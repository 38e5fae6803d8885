import { codes, type MisuseCode } from './codes.ts';

/**
 * The programmer's mistake: a template that cannot be safe, an option that makes no sense. Thrown when a guard is set
 * up or when a call site is used for the first time, whatever the data of the request.
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

  /** @param where what the developer wrote, and where: never data of a request. */
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

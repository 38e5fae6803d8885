import type { htmlCodes } from '../../refusal/codes/html.ts';

/**
 * Thrown for a programmer's mistake, like `Misuse`, whose `code` and `hint` it has. A browser gets it without the catalogue of codes, which is
 * several times as large as all of this.
 */
export class JsxMisuse extends TypeError {
  override readonly name: 'Misuse' = 'Misuse' as const;
  readonly code: keyof typeof htmlCodes;
  readonly hint: string;

  /** @param where what the developer wrote: never data */
  constructor(code: keyof typeof htmlCodes, where: string, hint: string) {
    super(`${where} ${hint}`);
    this.code = code;
    this.hint = hint;
  }
}

import type { DomDetail, domCodes } from '../refusal/codes/dom.ts';

export type DomRefusalCode = keyof DomDetail;
export type DomMisuseCode = Exclude<keyof typeof domCodes, DomRefusalCode>;

/** The catalogue's sentences are only on its pages: in a browser they would be a third of this guard's size. */
const hintFor = (code: string): string => `See docs/refusals/${code}.md.`;

/**
 * Thrown when untrusted data is refused. It has those fields of a `Refusal` that are useful in a browser, without the catalogue of
 * codes, which is several times as large as this guard. Check its `code`.
 */
export class DomRefusal<C extends DomRefusalCode = DomRefusalCode> extends Error {
  override readonly name: 'Refusal' = 'Refusal' as const;
  readonly code: C;
  readonly hint: string;
  readonly detail: DomDetail[C];

  constructor(code: C, detail: DomDetail[C]) {
    super(`Bulwark refused data: ${code}.`);
    this.code = code;
    this.hint = hintFor(code);
    this.detail = detail;
  }
}

/** Thrown for a programmer's mistake, like `Misuse` on a server. */
export class DomMisuse extends TypeError {
  override readonly name: 'Misuse' = 'Misuse' as const;
  readonly code: DomMisuseCode;
  readonly hint: string;

  /** @param where what the developer wrote: never data */
  constructor(code: DomMisuseCode, where: string, cause?: unknown) {
    super(`${code}: ${where}`, { cause });
    this.code = code;
    this.hint = hintFor(code);
  }
}

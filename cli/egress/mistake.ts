import { shown } from './shown.ts';

export type MistakeCode =
  | 'egress/format'
  | 'egress/option'
  | 'egress/name'
  | 'egress/address'
  | 'egress/port'
  | 'egress/account'
  | 'egress/labels'
  | 'egress/range'
  | 'egress/metadata'
  | 'egress/aws-name';

/** What is wrong with a command line. Nothing is printed that could be loaded: a rule that is missing is a hole. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
  readonly code: MistakeCode;
  readonly why: string;
  readonly fix: string;

  constructor(code: MistakeCode, what: string, why: string, fix: string) {
    super(what);
    this.code = code;
    this.why = why;
    this.fix = fix;
  }
}

/** A value of the command line with the option that brought it. */
export interface Given {
  readonly option: string;
  readonly value: string;
}

/** A mistake in one value: `--gateway "proxy.internal:3128" is a name.` */
export function wrong(code: MistakeCode, given: Given, what: string, why: string, fix: string): Mistake {
  return new Mistake(code, `${given.option} ${shown(given.value)} ${what}.`, why, fix);
}

/** Four lines, for a person: the code, what is wrong, why that matters, what to do. */
export function mistakeText({ code, message, why, fix }: Mistake): string {
  return `${code}: ${message}\n  why: ${why}\n  do:  ${fix}\n`;
}

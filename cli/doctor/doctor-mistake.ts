import { visible } from '../finding/visible.ts';

export type DoctorMistakeCode =
  | 'doctor/url'
  | 'doctor/option'
  | 'doctor/token'
  | 'doctor/connect'
  | 'doctor/folder';

/** Why nothing could be diagnosed. No diagnosis would look like a clean one, so the command ends with 2. */
export class DoctorMistake extends Error {
  override readonly name = 'DoctorMistake';
  readonly code: DoctorMistakeCode;
  readonly why: string;
  readonly fix: string;

  constructor(code: DoctorMistakeCode, what: string, why: string, fix: string) {
    super(what);
    this.code = code;
    this.why = why;
    this.fix = fix;
  }
}

/** Three lines, for a person: the code, what is wrong, why that matters, what to do. */
export function doctorMistakeText({ code, message, why, fix }: DoctorMistake): string {
  return `${code}: ${visible(message)}\n  why: ${why}\n  do:  ${visible(fix)}\n`;
}

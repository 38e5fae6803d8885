import { visible } from '../finding/visible.ts';

export type ScanMistakeCode =
  | 'scan/option'
  | 'scan/path'
  | 'scan/config'
  | 'scan/rule'
  | 'scan/baseline'
  | 'scan/git'
  | 'scan/models'
  | 'scan/output'
  | 'scan/fix';

/** Why a scan could not run. An empty report would look like success, so it ends with exit code 2. */
export class ScanMistake extends Error {
  override readonly name = 'ScanMistake';
  readonly code: ScanMistakeCode;
  readonly why: string;
  readonly fix: string;

  constructor(code: ScanMistakeCode, what: string, why: string, fix: string) {
    super(what);
    this.code = code;
    this.why = why;
    this.fix = fix;
  }
}

/** Three lines for users: code and message, the consequence, the remedy. */
export function scanMistakeText({ code, message, why, fix }: ScanMistake): string {
  return `${code}: ${visible(message)}\n  why: ${why}\n  do:  ${visible(fix)}\n`;
}

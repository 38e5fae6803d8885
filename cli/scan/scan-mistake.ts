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

/**
 * The error that is thrown if a scan can't run. The command then exits with code 2, because an empty report would look like
 * success.
 */
export class ScanMistake extends Error {
  override readonly name = 'ScanMistake';
  readonly code: ScanMistakeCode;
  /** The consequence, or the reason why it is a mistake. */
  readonly why: string;
  /** What the user can do. */
  readonly fix: string;

  constructor(code: ScanMistakeCode, what: string, why: string, fix: string) {
    super(what);
    this.code = code;
    this.why = why;
    this.fix = fix;
  }
}

/** Formats the error as three lines for users: code and message, the consequence, the remedy. */
export function scanMistakeText({ code, message, why, fix }: ScanMistake): string {
  return `${code}: ${visible(message)}\n  why: ${why}\n  do:  ${visible(fix)}\n`;
}

import { visible } from '../finding/visible.ts';

export type AuditMistakeCode =
  | 'audit/advisories'
  | 'audit/attest'
  | 'audit/baseline'
  | 'audit/check'
  | 'audit/decisions'
  | 'audit/folder'
  | 'audit/option'
  | 'audit/output'
  | 'audit/url';

/** Why nothing could be audited. The command ends with 2, as no verdicts would look like good ones. */
export class AuditMistake extends Error {
  override readonly name = 'AuditMistake';
  readonly code: AuditMistakeCode;
  readonly why: string;
  readonly fix: string;

  constructor(code: AuditMistakeCode, what: string, why: string, fix: string) {
    super(what);
    this.code = code;
    this.why = why;
    this.fix = fix;
  }
}

/** Three lines, for a person: the code, what is wrong, why that matters, what to do. */
export function auditMistakeText({ code, message, why, fix }: AuditMistake): string {
  return `${code}: ${visible(message)}\n  why: ${why}\n  do:  ${visible(fix)}\n`;
}

export type DbMistakeCode =
  | 'db/url'
  | 'db/option'
  | 'db/name'
  | 'db/host'
  | 'db/duration'
  | 'db/password'
  | 'db/connect'
  | 'db/server'
  | 'db/apply';

/** Why a command could not run. It never holds a password, and what a server said is printable. */
export class DbMistake extends Error {
  override readonly name = 'DbMistake';
  readonly code: DbMistakeCode;
  readonly why: string;
  readonly fix: string;

  constructor(code: DbMistakeCode, what: string, why: string, fix: string) {
    super(what);
    this.code = code;
    this.why = why;
    this.fix = fix;
  }
}

/** Four lines, for a person: the code, what is wrong, why that matters, what to do. */
export function dbMistakeText({ code, message, why, fix }: DbMistake): string {
  return `${code}: ${message}\n  why: ${why}\n  do:  ${fix}\n`;
}

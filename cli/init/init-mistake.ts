import { visible } from '../finding/visible.ts';

/** Why `bulwark init` or `bulwark codemod` could not run. Nothing is written then. */
export class InitMistake extends Error {
  override readonly name = 'InitMistake';
  readonly fix: string;

  constructor(what: string, fix: string) {
    super(what);
    this.fix = fix;
  }
}

/** Two lines, for a person: what is wrong, and what to do. */
export function initMistakeText({ message, fix }: InitMistake): string {
  return `${visible(message)}\n  do: ${visible(fix)}\n`;
}

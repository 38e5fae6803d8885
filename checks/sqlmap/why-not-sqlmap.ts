import { missing } from '../machine/missing.ts';
import { whyNotSealed } from '../machine/sealed.ts';

/** Why sqlmap cannot be run on the lab here; undefined where it can. For the name of a skipped test. */
export function whyNotSqlmap(): string | undefined {
  if (process.getuid?.() !== 0) {
    return 'no root: the namespace would make its maker root, as whom PostgreSQL does not run';
  }
  return missing('sqlmap') ?? missing('postgres') ?? whyNotSealed();
}

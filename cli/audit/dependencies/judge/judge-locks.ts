import { type Outcome, pass, unknown } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import type { LockedPackage, LockFile } from '../package-graph.ts';
import { lockFiles } from '../read/read-lock-files.ts';

/**
 * Judges each lock file. One of which nothing bad was said passes if all of it was read; otherwise it is unknown.
 *
 * @param judge what is wrong with a lock file
 * @param passed what is true where nothing is: `The 12 packages of package-lock.json are ...`
 */
export function judgeLocks(
  subject: Subject,
  judge: (lock: LockFile) => readonly Outcome[],
  passed: (lock: LockFile) => string,
): readonly Outcome[] {
  return lockFiles(subject).flatMap((lock) => {
    const found = judge(lock);
    const [problem] = lock.problems;
    if (problem !== undefined) {
      const evidence = lock.problems.map(({ text, path, line }) => ({
        text,
        ...(subject.read(path) === undefined ? {} : { path }),
        ...(line === undefined || subject.read(path) === undefined ? {} : { line }),
      }));
      return [
        ...found.filter(({ verdict }) => verdict !== 'pass'),
        unknown(problem.text, 'Let the package manager write the lock file anew, and commit it.', evidence),
      ];
    }
    if (found.length > 0) return found;
    return lock.packages.length === 0
      ? []
      : [pass(passed(lock), [{ text: lock.path, path: lock.path, line: 1 }])];
  });
}

/** The place of a package in its lock file. */
export function placeOf(
  one: LockedPackage,
  text: string = shown(one),
): { text: string; path: string; line: number } {
  return { text, path: one.path, line: one.line };
}

/** `ms@2.0.0` */
export function shown({ name, version, range }: LockedPackage): string {
  return version === undefined ? `${name}${range ?? ''}` : `${name}@${version}`;
}

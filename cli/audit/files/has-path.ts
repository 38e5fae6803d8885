import type { Subject } from '../subject/subject.ts';

const known = new WeakMap<Subject, ReadonlySet<string>>();

/** Whether a file is one of the project's own. */
export function hasPath(subject: Subject, path: string): boolean {
  let paths = known.get(subject);
  if (paths === undefined) {
    paths = new Set(subject.paths);
    known.set(subject, paths);
  }
  return paths.has(path);
}

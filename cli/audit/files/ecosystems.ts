import type { Subject } from '../subject/subject.ts';
import { packageManifests } from './node-manifests.ts';
import { pythonManifests } from './python-manifests.ts';

export type Ecosystem = 'npm' | 'python';

/** The ecosystems of packages that the project uses, with a manifest that shows each. */
export function ecosystemsOf(subject: Subject): ReadonlyMap<Ecosystem, string> {
  const found = new Map<Ecosystem, string>();
  const [npm] = packageManifests(subject);
  const [python] = pythonManifests(subject);
  if (npm) found.set('npm', npm.path);
  if (python) found.set('python', python.path);
  return found;
}

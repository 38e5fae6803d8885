import { lockedVersion } from '../../subject/locked-version.ts';
import type { NodeApplication } from './node-application.ts';

/** The major version of a package: of the lock file, or the lowest that the manifest allows; undefined if neither says. */
export function majorVersion(
  { folder, manifest, subject }: NodeApplication,
  name: string,
): number | undefined {
  const text = lockedVersion(folder, name, subject.read) ?? manifest.dependencies.get(name);
  const major = /^\s*[\^~>=v]*\s*(\d+)/.exec(text ?? '')?.[1];
  return major === undefined ? undefined : Number(major);
}

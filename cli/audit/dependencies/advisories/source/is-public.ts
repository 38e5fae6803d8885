import type { LockedPackage } from '../../package-graph.ts';

const hosts: ReadonlySet<string> = new Set([
  'registry.npmjs.org',
  'registry.yarnpkg.com',
  'pypi.org',
  'files.pythonhosted.org',
]);

/**
 * Whether a package comes from the public registry by its lock file. Where the file leaves the registry to the settings, only names
 * without a scope are taken for public: companies keep theirs in a scope.
 */
export function isPublic({ source, name }: LockedPackage): boolean {
  if (source.kind !== 'registry') return false;
  return source.host === undefined ? !name.startsWith('@') : hosts.has(source.host);
}

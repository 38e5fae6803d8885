import type { Subject } from '../../subject/subject.ts';
import type { LockedPackage, LockFile } from '../package-graph.ts';

/**
 * Whether somebody asks for a package by a repository or a URL: a manifest, or in `package-lock.json` the entry of another package. An
 * entry that comes from one although a range of versions is asked for was changed.
 */
export function isAskedOutside(one: LockedPackage, lock: LockFile, subject: Subject): boolean {
  const manifests = subject.paths.filter((path) => files[lock.ecosystem].test(path));
  const texts = manifests.map((path) => subject.read(path) ?? '');
  if (lock.ecosystem === 'PyPI') {
    const place = 'url' in one.source ? bare(one.source.url) : '';
    return texts.some((text) => text.includes(place));
  }
  const own = lock.kind === 'package-lock' ? subject.read(lock.path) : undefined;
  // Other lock files repeat the location in the keys of their entries, so that these say nothing; a huge one is not searched.
  if (!one.isDirect && own === undefined) return true;
  if (!one.isDirect && own !== undefined) texts.push(own);
  const name = (one.alias ?? one.name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const asked = new RegExp(
    `["']?${name}["']?\\s*:\\s*["']?(?:https?:|git|ssh:|github:|bitbucket:|gist:|[\\w.-]+@[\\w.-]+:|[\\w.-]+/[\\w.-]+["'#])`,
  );
  return texts.some((text) => asked.test(text));
}

const files: Readonly<Record<LockFile['ecosystem'], RegExp>> = {
  npm: /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml)$/,
  PyPI: /(?:^|\/)(?:pyproject\.toml|Pipfile)$/,
};

/** Host and path: a manifest may write the rest otherwise. */
function bare(url: string): string {
  return url
    .replace(/^(?:git\+)?[a-z]+:\/\//i, '')
    .replace(/[?#].*$/, '')
    .replace(/\.git$/, '');
}

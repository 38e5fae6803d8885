import type { Folder } from './folder.ts';

/**
 * Describes a folder whose contents are private, as part of a message: `the home folder`. Undefined for other folders.
 * @param path the path of the file whose code names the folder
 */
export function privacyOf(folder: Folder | undefined, path: string): string | undefined {
  if (!folder) return undefined;
  const { base, names, ups } = folder;
  const last = names.at(-1);
  if (last === 'node_modules') return 'all installed packages';
  if (last !== undefined && /^\.(git|svn|ssh|aws|config|env|docker|kube)$/.test(last))
    return `the folder \`${last}\``;
  if (base === 'root') return ofRoot(names);
  if (names.length > 0 || base === 'file') return undefined;
  if (base === 'home') return 'the home folder';
  if (base === 'project') return ups > 0 ? 'the folder around the project' : 'the whole project';
  if (base === 'here' && ups === 0) return isPublic(path) ? undefined : 'the source folder';
  return base === 'work' && ups === 0 ? 'its working directory' : 'a folder of the project';
}

function ofRoot(names: readonly string[]): string | undefined {
  if (names.length === 0) return 'the whole disk';
  const path = `/${names.join('/')}`;
  return /^\/(etc|home|root|var|var\/log|usr|proc|sys|dev|Users|Windows|home\/\w+|Users\/\w+)$/.test(path)
    ? `\`${path}\``
    : undefined;
}

/** Whether a file is in a folder that is public anyway. */
function isPublic(path: string): boolean {
  return /(^|\/)(public|static|www|htdocs|dist|build|out|assets|site|_site|web|client|docs?)\/[^/]*$/i.test(
    path,
  );
}

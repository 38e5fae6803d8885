import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The ids of all checks that have a page, in the order of the alphabet. */
export function checksWithPage(): string[] {
  return readdirSync(findCheckPages())
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => file.slice(0, -'.md'.length).replace('-', '/'))
    .sort();
}

/**
 * The page of a check, as Markdown: what it looks at, what passes, fails and is unknown, and how to fix it.
 *
 * @param id one of `checksWithPage`: it becomes a path.
 */
export function checkPage(id: string): string {
  return readFileSync(new URL(`${id.replace('/', '-')}.md`, findCheckPages()), 'utf8');
}

/** What the build put into dist/audit, or the repository's own. */
function findCheckPages(): URL {
  const folders = ['./audit/', '../../docs/audit/'].map((path) => new URL(path, import.meta.url));
  const found = folders.find((url) => existsSync(new URL('README.md', url)));
  if (!found) throw new Error('The pages of the checks are missing. Install bulwark-cli again.');
  return found;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The folder of the pages: what the build put beside this file, or the repository's own. */
export function findPages(): URL {
  const folders = ['./refusals/', '../docs/refusals/'].map((path) => new URL(path, import.meta.url));
  const found = folders.find((url) => existsSync(url));
  if (!found) throw new Error('The pages of bulwark-cli are missing. Install the package again.');
  return found;
}

/** Every code that has a page, in the order of the alphabet. */
export function readCodes(pages: URL): string[] {
  return readdirSync(pages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((area) =>
      readdirSync(new URL(`${area.name}/`, pages)).map((file) => `${area.name}/${file.replace(/\.md$/, '')}`),
    )
    .sort();
}

/** @param code one of `readCodes`: it becomes a path. */
export function readPage(pages: URL, code: string): string {
  return readFileSync(new URL(`${code}.md`, pages), 'utf8');
}

import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Returns every n-th script in `node_modules` (n is `every`) in a fixed order, as a sample of real code. Files of a million
 * characters or more are left out. For tests.
 */
export function realFiles(every: number): { readonly path: string; readonly text: string }[] {
  const paths: string[] = [];
  collect(fileURLToPath(new URL('../../../../../node_modules', import.meta.url)), paths, 0);
  return paths
    .filter((_, i) => i % every === 0)
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .filter(({ text }) => text.length < 1_000_000);
}

function collect(folder: string, paths: string[], depth: number): void {
  if (depth > 20) return;
  const entries: Dirent[] = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) collect(path, paths, depth + 1);
    else if (/\.[cm]?[jt]sx?$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name)) paths.push(path);
  }
}

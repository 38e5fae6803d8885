/** Writes docs/refusals/ from the catalogue of codes. `npm run fix` runs it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../repository.ts';
import { refusalPages } from './pages.ts';

const folder = join(root, 'docs/refusals');
const pages = refusalPages();
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of pages) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
